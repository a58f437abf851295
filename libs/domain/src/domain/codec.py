"""
Values to JSON and back without loss, driven by their own types; decimals and dates travel as strings.

A field whose type is a union of dataclasses is written flat into its owner, told apart by `kind`.
"""

from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

from domain.period import Month

T = TypeVar("T")
Json = str | int | bool | None | list["Json"] | dict[str, "Json"]
Payload = Mapping[str, Any]


def encode(value: object) -> Json:
    """Write a value as JSON: a dataclass as an object of all its fields."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        return {str(key): encode(value[key]) for key in value}
    if is_dataclass(value):
        return str(value) if isinstance(value, Month) else _encoded_fields(value)
    if isinstance(value, tuple | list | frozenset):
        return [encode(item) for item in (sorted(value) if isinstance(value, frozenset) else value)]
    return _text(value)


def _encoded_fields(value: object) -> dict[str, Json]:
    written: dict[str, Json] = {}
    for name, hint in hints_of(cast("Hashable", type(value))).items():
        member = getattr(value, name)
        if _variants(hint):
            written |= {"kind": encode(member.kind), **_encoded_fields(member)}
        else:
            written[name] = encode(member)
    return written


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value.value if isinstance(value, Enum) else value)


def decode(kind: type[T], payload: object) -> T:
    """Read a value of a type back; members that the type does not have are left alone."""
    return cast("T", _decoded(kind, payload))


def _decoded(kind: Any, payload: Any) -> object:
    kind = getattr(kind, "__supertype__", kind)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return None if payload is None else _decoded(next(a for a in arguments if a is not NoneType), payload)
    if origin in (tuple, frozenset):
        return origin(_decoded(arguments[0], item) for item in payload)
    if origin is not None and issubclass(origin, Mapping):
        return {key: _decoded(arguments[1], item) for key, item in payload.items()}
    return _plain(kind, payload)


def _plain(kind: Any, payload: Any) -> object:
    if kind is Decimal or issubclass(kind, Enum | UUID):
        return kind(payload)
    if issubclass(kind, date):
        return (datetime if kind is datetime else date).fromisoformat(payload)
    if kind is Month:
        return Month.parse(payload)
    return _built(kind, payload) if is_dataclass(kind) else kind(payload)


def _built(kind: Any, payload: Payload) -> object:
    members: dict[str, Any] = {}
    for name, hint in hints_of(kind).items():
        variants = _variants(hint)
        if variants:
            members[name] = _built(variants[payload["kind"]], payload)
        elif name in payload:
            members[name] = _decoded(hint, payload[name])
    return kind(**members)


def decode_fields(kind: Hashable, payload: Payload, *, but: str) -> dict[str, Any]:
    """Read the fields of a dataclass but one, which has a form of its own."""
    hints = {name: hint for name, hint in hints_of(kind).items() if name != but and name in payload}
    return {name: _decoded(hint, payload[name]) for name, hint in hints.items()}


@cache
def _variants(hint: Hashable) -> Mapping[str, Any]:
    """Give the dataclasses of a union by their kind; nothing where the type is no such union."""
    members = get_args(hint) if get_origin(hint) in (Union, UnionType) else ()
    kinds = [getattr(member, "kind", None) for member in members]
    if not all(isinstance(kind, Enum) for kind in kinds):
        return {}
    return {str(kind): member for kind, member in zip(kinds, members, strict=True)}


@cache
def hints_of(kind: Hashable) -> Mapping[str, Any]:
    """Give the types of a dataclass's fields."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(cast("Any", kind))}
