"""A receiver of webhooks, listening on the loopback."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import uvicorn
from fastapi import FastAPI, Request, Response


@dataclass
class Receiver:
    """Someone who listens on the loopback and answers what a test tells it to."""

    port: int = 0
    answer: int = 204
    location: str = ""
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    def url(self, path: str = "hook") -> str:
        return f"http://localhost:{self.port}/{path}"

    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _ in self.got]

    async def take(self, request: Request) -> Response:
        self.got.append((dict(request.headers), await request.body()))
        return Response(status_code=self.answer, headers={"location": self.location} if self.location else None)


@asynccontextmanager
async def listening() -> AsyncIterator[Receiver]:
    """Listen on a free port until the block ends."""
    made, app = Receiver(), FastAPI()
    app.add_api_route("/{path:path}", made.take, methods=["POST", "GET"])
    opened = socket.create_server(("127.0.0.1", 0))
    made.port = opened.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    serving = asyncio.create_task(server.serve(sockets=[opened]))
    try:
        yield made
    finally:
        server.should_exit = True
        await serving
