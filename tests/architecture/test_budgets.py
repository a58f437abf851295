"""Size budgets: elegance is in the tail, so the tail is bound."""

import ast
from collections import Counter
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    path
    for member in ("libs", "services", "deploy")
    for path in (ROOT / member).rglob("src/**/*.py")
    if not (path.name == "wire.py" and "clients" in path.parts) and "versions" not in path.parts
)
FILES = sorted([*SOURCES, *(ROOT / "tests").rglob("*.py")])
LONGEST_FILE, MEDIAN_FILE = 250, 80
LONGEST_FUNCTION, MEDIAN_FUNCTION = 50, 7
CHASSIS_KERNEL, CHASSIS_PART = 1_000, 500


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def code_lines(path: Path) -> int:
    """Count lines that carry code: no blank lines, docstrings, comments or imports."""
    text = path.read_text()
    prose = {
        line
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
        or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str))
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    lines = text.splitlines()
    return sum(
        1 for number, line in enumerate(lines, 1) if number not in prose and line.strip() and line.strip()[0] != "#"
    )


def functions(path: Path) -> list[tuple[str, int]]:
    """Measure every function of a file in lines, its docstring left out."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[1:] or node.body if ast.get_docstring(node) else node.body
            found.append((node.name, (node.end_lineno or 0) - first[0].lineno + 2))
    return found


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_file_stays_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_function_stays_small(path: Path) -> None:
    assert [found for found in functions(path) if found[1] > LONGEST_FUNCTION] == []


def test_the_median_file_and_function_are_small() -> None:
    assert median(len(path.read_text().splitlines()) for path in SOURCES) <= MEDIAN_FILE
    assert median(lines for path in SOURCES for _, lines in functions(path)) <= MEDIAN_FUNCTION


def test_the_chassis_and_each_of_its_parts_stay_small() -> None:
    sizes: Counter[str] = Counter()
    for path in SOURCES:
        if "chassis" in path.parts:
            folder = path.parent.name
            sizes["kernel" if folder == "chassis" else folder] += code_lines(path)
    assert sizes.pop("kernel") <= CHASSIS_KERNEL
    assert [part for part, size in sizes.items() if size > CHASSIS_PART] == []
