"""What a reviewer would say twice."""

import ast
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from chassis.problems import Refused
from domain.errors import DomainError, Text, slug
from support import contracts

ROOT = Path(__file__).parents[2]
MEMBERS = ("domain", "chassis", "agreements", "indicators", "reporting")
SERVICES = ("agreements", "indicators", "reporting")
BRANCHES = {"Invalid", "Unknown", "Conflict", "Stale", "Refused", "DomainError"}


def modules_of(member: str) -> list[ModuleType]:
    package = importlib.import_module(member)
    skipped = ("__main__", ".migrations")
    names = [m.name for m in pkgutil.walk_packages(package.__path__, f"{member}.") if not m.name.endswith(skipped)]
    return [package, *(importlib.import_module(found) for found in names if ".migrations." not in found)]


def leaves(error: type[DomainError]) -> list[type[DomainError]]:
    below = [leaf for child in error.__subclasses__() for leaf in leaves(child)]
    own = [] if error.__name__ in BRANCHES else [error]
    return sorted({*own, *below}, key=lambda leaf: leaf.__name__)


def all_errors() -> list[type[DomainError]]:
    for member in MEMBERS:
        modules_of(member)
    return leaves(DomainError)


ERRORS = all_errors()
PROBLEMS = (ROOT / "docs" / "problems.md").read_text()


@pytest.mark.parametrize("error", ERRORS, ids=slug)
def test_every_problem_is_documented_in_both_languages(error: type[DomainError]) -> None:
    assert (error.__doc__ or "").strip()
    assert error.title_de != DomainError.title_de
    assert f"`{slug(error)}`" in PROBLEMS


def test_the_page_of_problems_names_no_problem_that_is_gone() -> None:
    named = {line.split("`")[1] for line in PROBLEMS.splitlines() if line.startswith("| `")}
    plain = {"bad-input", "bad-request", "not-found", "method-not-allowed", "internal-server-error"}
    assert (
        named - {slug(error) for error in ERRORS} - plain - {"request-entity-too-large", "content-too-large"} == set()
    )


@pytest.mark.parametrize("error", ERRORS, ids=slug)
def test_no_two_problems_share_a_type(error: type[DomainError]) -> None:
    assert [other for other in ERRORS if slug(other) == slug(error)] == [error]


def test_only_the_transport_names_a_status() -> None:
    assert [e for e in ERRORS if "status" in vars(e) and not issubclass(e, Refused)] == []
    assert all(isinstance(error.says, Text) for error in ERRORS)


@pytest.mark.parametrize("member", MEMBERS)
def test_every_module_says_what_it_owns(member: str) -> None:
    assert [module.__name__ for module in modules_of(member) if not (module.__doc__ or "").strip()] == []


@pytest.mark.parametrize("member", MEMBERS)
def test_every_member_can_be_imported_alone(member: str) -> None:
    subprocess.run([sys.executable, "-W", "error::ImportWarning", "-c", f"import {member}"], check=True, cwd="/")


@pytest.mark.parametrize("service", SERVICES)
def test_no_dependency_commits_behind_the_answer(service: str) -> None:
    """FastAPI ends a yield dependency after the response: a failed commit would still show the client a 201."""
    api = ROOT / "services" / service / "src" / service / "api"
    yields = [
        f"{path.name}:{function.name}"
        for path in api.rglob("*.py")
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.AsyncFunctionDef | ast.FunctionDef)
        and not any("contextmanager" in ast.dump(decorator) for decorator in function.decorator_list)
        and any(isinstance(node, ast.Yield | ast.YieldFrom) for node in ast.walk(function))
    ]
    assert yields == []


@pytest.mark.parametrize("service", SERVICES)
def test_a_route_translates_and_does_not_think(service: str) -> None:
    api = ROOT / "services" / service / "src" / service / "api"
    long = []
    for path in api.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.AsyncFunctionDef) and any("router" in ast.dump(d) for d in node.decorator_list):
                statements = node.body[1:] if ast.get_docstring(node) else node.body
                long += [f"{path.name}:{node.name}"] if len(statements) > 5 else []
    assert long == []


@pytest.mark.parametrize("service", SERVICES)
def test_services_have_the_same_rooms(service: str) -> None:
    home = ROOT / "services" / service / "src" / service
    rooms = {path.stem for path in home.iterdir()}
    assert {
        "__init__",
        "__main__",
        "app",
        "settings",
        "ports",
        "api",
        "usecases",
        "persistence",
    } <= rooms


def test_the_chassis_knows_no_more_of_the_domain_than_its_errors() -> None:
    imported = {
        node.module
        for path in (ROOT / "libs" / "chassis").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "domain"
    }
    assert imported == {"domain.errors"}


def test_contracts_and_the_clients_made_from_them_are_fresh() -> None:
    assert contracts.drifted() == []
