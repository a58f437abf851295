"""Django, its REST framework and bulk inserts of its ORM, behind gunicorn with one worker."""

import asyncio
import http.client
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from benchmarks.peers.peer import Base, Peer
from benchmarks.peers.servers import run_once, serving

LEAVES_OUT = (
    "no sign-in; no history, a new value replaces the old one; one bad row refuses the file, "
    "and only the first batch with bad rows is told; the same file again is checked and written once more"
)


@contextmanager
def django_rest(installed: Path, base: Base, folder: Path, port: int) -> Iterator[Peer]:
    """Create its tables, fill its registers, and serve."""
    programs = installed / "python" / "bin"
    told = {
        "PYTHONPATH": str(Path(__file__).parent),
        "PYTHONDONTWRITEBYTECODE": "1",
        "DJANGO_SETTINGS_MODULE": "django_service.settings",
        "DJANGO_SECRET_KEY": secrets.token_hex(),
        "PGHOST": base.socket,
        "PGUSER": base.user,
        "PGDATABASE": base.name,
    }
    run_once([str(programs / "django-admin"), "migrate", "--run-syncdb"], told, folder)
    asyncio.run(base.register("django_service_unit", "django_service_variable"))
    options = ["--workers", "1", "--timeout", "3600", "--no-control-socket", "--bind", f"127.0.0.1:{port}"]
    with serving([str(programs / "gunicorn"), *options, "django_service.wsgi"], told, folder, port):
        yield Peer(name="Django", leaves_out=LEAVES_OUT, send=lambda path, rows: _sent(port, path, rows))


def _sent(port: int, path: Path, rows: int) -> float:
    """Send the file as it is."""
    headers = {"Content-Type": "text/csv", "Content-Disposition": f"attachment; filename={path.name}"}
    connection = http.client.HTTPConnection("127.0.0.1", port, blocksize=1_000_000)
    begun = perf_counter()
    with path.open("rb") as file:
        connection.request(
            "POST", "/deliveries", body=file, headers={**headers, "Content-Length": str(path.stat().st_size)}
        )
        answer = connection.getresponse()
        told = answer.read()
    seconds = perf_counter() - begun
    connection.close()
    if answer.status != http.HTTPStatus.CREATED or json.loads(told) != {"accepted": rows}:
        raise RuntimeError(f"Django did not take the file: {answer.status} {told[:300]!r}")
    return seconds
