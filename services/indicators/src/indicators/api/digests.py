"""Answers whose tag is the digest of what they tell."""

from chassis.canonical import sha256
from chassis.conditional import tagged
from fastapi import Request, Response
from pydantic import BaseModel


def by_digest(request: Request, body: BaseModel) -> Response:
    """Answer with the digest of what is told as its tag; 304 where the client holds the same already."""
    return tagged(request, body, sha256(body.model_dump_json().encode()), Vary="Accept")
