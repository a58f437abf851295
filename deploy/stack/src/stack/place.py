"""Where a copy of the system lives: its folder, its ports, and what it leaves there."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SERVICES = ("agreements", "indicators", "reporting")
USUAL_PORTS = {"agreements": 8001, "indicators": 8002, "reporting": 8003}
PORTS = range(1, 65536)


class CannotStart(Exception):
    """Something stands in the way of starting; the message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A folder and three ports; two copies with other ones run side by side."""

    home: Path
    ports: dict[str, int]

    @classmethod
    def of_environment(cls, environment: Mapping[str, str] = os.environ) -> "Place":
        """Read `ZIELWERK_HOME` and the three `ZIELWERK_*_PORT`; raises `CannotStart` where they make no sense."""
        ports = {service: _port(environment, service) for service in SERVICES}
        if len(set(ports.values())) < len(ports):
            raise CannotStart("the three ZIELWERK_*_PORT must differ from one another")
        return cls(home=Path(environment.get("ZIELWERK_HOME") or ".zielwerk").resolve(), ports=ports)

    def address(self, service: str) -> str:
        """Give a service's address."""
        return f"http://127.0.0.1:{self.ports[service]}"

    def log(self, name: str) -> Path:
        """Give the file a process writes its log to."""
        return self.home / "log" / f"{name}.log"

    def tail(self, name: str, lines: int = 15) -> str:
        """Give the last lines of a log."""
        return "\n".join(self.log(name).read_text("utf-8", "replace").splitlines()[-lines:])

    @property
    def pid(self) -> Path:
        """Give the file that the process running this copy holds."""
        return self.home / "stack.pid"

    def service_pid(self, service: str) -> Path:
        """Give the file that a service's process holds."""
        return self.home / f"{service}.pid"

    @property
    def ready(self) -> Path:
        """Give the file that exists while everything is ready; it holds the closing screen."""
        return self.home / "ready.txt"

    @property
    def demonstration(self) -> Path:
        """Give the folder of the demonstration's files and reports."""
        return self.home / "demonstration"


def _port(environment: Mapping[str, str], service: str) -> int:
    variable = f"ZIELWERK_{service.upper()}_PORT"
    text = environment.get(variable) or str(USUAL_PORTS[service])
    if not (text.isascii() and text.isdecimal() and int(text) in PORTS):
        raise CannotStart(f"{variable} is {text!r}; it must be a number from 1 to 65535")
    return int(text)
