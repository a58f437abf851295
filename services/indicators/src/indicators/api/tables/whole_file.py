"""Sending a file that is gone when it is sent."""

from collections.abc import Mapping
from functools import partial
from typing import Any, BinaryIO

from fastapi.responses import StreamingResponse

CHUNK = 262_144


class WholeFile(StreamingResponse):
    """Sends a file and closes it, also where the client goes away."""

    def __init__(self, whole: BinaryIO, headers: Mapping[str, str]) -> None:
        """Send this file."""
        super().__init__(iter(partial(whole.read, CHUNK), b""), headers=headers)
        self._whole = whole

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Send it."""
        with self._whole:
            await super().__call__(scope, receive, send)
