"""A sender that goes away in the middle of a body is no failure of the service."""

from collections.abc import Iterator

from chassis import problems
from fastapi import FastAPI, Request
from starlette.types import Message, Scope

SCOPE: Scope = {
    "type": "http",
    "method": "POST",
    "path": "/file",
    "raw_path": b"/file",
    "query_string": b"",
    "root_path": "",
    "headers": [],
    "http_version": "1.1",
    "scheme": "http",
    "server": ("service", 80),
}


def receiving() -> FastAPI:
    app = FastAPI()
    problems.install(app)

    @app.post("/file")
    async def take(request: Request) -> int:
        return sum([len(chunk) async for chunk in request.stream()])

    return app


async def test_a_connection_that_is_cut_in_the_middle_is_no_failure_of_ours() -> None:
    messages: Iterator[Message] = iter(
        [{"type": "http.request", "body": b"half", "more_body": True}, {"type": "http.disconnect"}]
    )
    sent: list[Message] = []

    async def receive() -> Message:
        return next(messages)

    async def send(message: Message) -> None:
        sent.append(message)

    await receiving()(dict(SCOPE), receive, send)
    assert sent[0]["status"] == 400
