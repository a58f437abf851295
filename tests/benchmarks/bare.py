"""The peer of P6: bare ASGI, asyncpg, and JSON that PostgreSQL builds from columns."""

import sys
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import asyncpg
import uvicorn

Scope = MutableMapping[str, Any]
QUERY = "SELECT json_build_object('items', json_agg(row_to_json(r)), 'next', NULL)::text FROM bench_rows r"
pool: list["asyncpg.Pool[asyncpg.Record]"] = []


async def app(
    _scope: Scope, _receive: Callable[[], Awaitable[Scope]], send: Callable[[Scope], Awaitable[None]]
) -> None:
    """Answer every request with all rows."""
    if not pool:
        pool.append(await asyncpg.create_pool(sys.argv[1], min_size=10, max_size=10))
    body = str(await pool[0].fetchval(QUERY)).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="error", access_log=False, lifespan="off")
