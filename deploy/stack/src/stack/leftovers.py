"""What a copy that was killed leaves running: found by the locks it held, and cleared away."""

import json
import os

from chassis.development.embedded import start

from stack.holding import ended, holder
from stack.place import SERVICES, CannotStart, Place

GRACE = 10.0


def stop_leftover_services(place: Place) -> tuple[str, ...]:
    """End the services an earlier copy left behind; give their names."""
    left = tuple(service for service in SERVICES if holder(place.service_pid(service)) is not None)
    for service in left:
        if not ended(place.service_pid(service), GRACE):
            raise CannotStart(f"{service} of an earlier start does not end; see {place.log(service)}")
    return left


def stop_leftover_database(place: Place) -> bool:
    """Stop a PostgreSQL that an earlier copy left behind; say whether there was one."""
    if not (place.home / "postgres" / "postmaster.pid").exists():
        return False
    forget_dead_users(place)
    start(place.home)  # joined, as its last user: it stops when this process ends
    return True


def forget_dead_users(place: Place) -> None:
    """Strike processes that are gone from the wheel's list of users, or PostgreSQL would never stop again."""
    listed = place.home / "postgres" / ".handle_pids.json"
    if not listed.exists():
        return
    try:
        users = json.loads(listed.read_text("utf-8"))
    except ValueError:
        users = []  # it was killed while it wrote
    listed.write_text(json.dumps([user for user in users if _alive(user)]), encoding="utf-8")


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
