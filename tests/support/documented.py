"""Pages of the documentation as what they promise to be: commands that work, one after the other."""

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

from stack.place import Place

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(?:ba)?sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
STARTING = "make run"
DEFAULT_PORTS = {"agreements": 8001, "indicators": 8002, "reporting": 8003}
BEFORE = f"""
set -euo pipefail
shopt -s expand_aliases
make() {{ command make -C '{ROOT}' "$@"; }}
curl() {{ command curl --silent --show-error --fail-with-body "$@"; }}
"""


def pages() -> list[Path]:
    """Give the pages with commands, except what starts the services itself."""
    found = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted(ROOT.glob("services/*/README.md"))]
    return [page for page in found if script(page)]


def script(page: Path) -> str:
    """Give the commands of a page in their order."""
    return "\n".join(block for block in BLOCK.findall(page.read_text("utf-8")) if STARTING not in block)


Done = subprocess.CompletedProcess[str]


def followed(page: Path, place: Place, folder: Path, environment: Mapping[str, str]) -> Done:
    """Do what a page says, against the services of a place, in a folder of its own."""
    commands = script(page)
    for service, port in DEFAULT_PORTS.items():
        commands = commands.replace(f"http://127.0.0.1:{port}", place.address(service))
    for name in ("docs", ".venv"):
        (folder / name).symlink_to(ROOT / name)
    return subprocess.run(
        ["/bin/bash", "-c", BEFORE + commands],
        cwd=folder,
        env=dict(environment),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
