"""Where a copy of the system lives: its folder, its ports, and what it leaves there."""

import os
from dataclasses import dataclass
from pathlib import Path

SERVICES = ("agreements", "indicators", "reporting")
USUAL_PORTS = {"agreements": 8001, "indicators": 8002, "reporting": 8003}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A folder and three ports; two copies with other ones run side by side."""

    home: Path
    ports: dict[str, int]

    @classmethod
    def of_environment(cls) -> "Place":
        """Read `ZIELWERK_HOME` and the three `ZIELWERK_*_PORT`."""
        ports = {name: int(os.environ.get(f"ZIELWERK_{name.upper()}_PORT", USUAL_PORTS[name])) for name in SERVICES}
        return cls(home=Path(os.environ.get("ZIELWERK_HOME", ".zielwerk")).resolve(), ports=ports)

    def address(self, service: str) -> str:
        """Give a service's address."""
        return f"http://127.0.0.1:{self.ports[service]}"

    def log(self, name: str) -> Path:
        """Give the file a process writes its log to."""
        return self.home / "log" / f"{name}.log"

    @property
    def pid(self) -> Path:
        """Give the file that names the running process."""
        return self.home / "stack.pid"

    @property
    def ready(self) -> Path:
        """Give the file that exists while everything is ready; it holds the closing screen."""
        return self.home / "ready.txt"

    @property
    def demonstration(self) -> Path:
        """Give the folder of the demonstration's files and reports."""
        return self.home / "demonstration"
