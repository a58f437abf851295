"""The JSON form of a domain value, derived from its own types: what a value says, its form says too."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, cast, get_args, get_origin
from uuid import UUID

import pydantic
from chassis.paging import Window, cursor_of
from chassis.wire import DecimalText, FigureText, Instant, KeyText, MonthText, Sent, Told
from domain.codec import decode, encode, hints_of
from domain.goal import Goal
from domain.identity import UnitCode
from domain.period import Month
from pydantic import BaseModel, GetCoreSchemaHandler, create_model
from pydantic_core import CoreSchema, core_schema

from agreements.api.goal_schemas import AnyGoal
from agreements.ports import Filed

Prose = Annotated[str, pydantic.Field(max_length=10_000)]
UnitCodeText = Annotated[str, pydantic.Field(min_length=1, max_length=40, examples=["36402"])]
Whole = Annotated[int, pydantic.Field(ge=-(10**12), le=10**12)]
KEYS = ("code", "edition")
"""What a value is known by in addresses."""
MOST_ITEMS = 2_000
SENT: Mapping[object, object] = {Decimal: DecimalText, UnitCode: UnitCodeText, str: Prose, int: Whole}
TOLD: Mapping[object, object] = {Decimal: FigureText}
BOTH: Mapping[object, object] = {Month: MonthText, datetime: Instant, Goal: AnyGoal}


class Form:
    """Marks a domain value as a request's body: `Annotated[Paper, Form()]` reads it from its JSON form."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Validate the form, then build the value: its own rules speak for themselves."""
        inner = handler.generate_schema(sent_form(source))

        def read(form: BaseModel) -> object:
            return decode(source, form.model_dump(mode="json"))

        return core_schema.no_info_after_validator_function(read, inner)


@cache
def sent_form(kind: Any) -> type[BaseModel]:
    """Give the form in which a client sends a value; what has a default may be left out."""
    hints = hints_of(kind)
    members = {
        field.name: (KeyText if field.name in KEYS else _form_of(hints[field.name], sent=True), _default(field))
        for field in fields(kind)
    }
    return _model(f"{kind.__name__}In", kind, Sent, members)


@cache
def told_form(kind: Any, *more: tuple[str, Any]) -> type[BaseModel]:
    """Give the form in which a value is told, every member always there; `more` members stand before its own."""
    own = {name: (_form_of(hint, sent=False), ...) for name, hint in hints_of(kind).items()}
    return _model(f"{kind.__name__}Out", kind, Told, {**{name: (hint, ...) for name, hint in more}, **own})


@cache
def page_form(item: type[BaseModel]) -> type[BaseModel]:
    """Give the form of a page of items."""
    name = f"{item.__name__.removesuffix('Out')}Page"
    members: dict[str, Any] = {"items": (list[item], ...), "next": (str | None, ...)}  # type: ignore[valid-type]
    return create_model(name, __base__=Told, __doc__="A page of a list; `next` leads to the rest.", **members)


FILED = (("id", UUID), ("version", int))


def filed_form(kind: Any) -> type[BaseModel]:
    """Give the form of a value that is kept under an id and counts its versions."""
    return told_form(kind, *FILED)


def told(kind: Any, value: object) -> BaseModel:
    """Tell a value."""
    return told_form(kind).model_validate(encode(value))


def told_filed(filed: Filed[Any]) -> BaseModel:
    """Tell a kept value with its id and version."""
    body = cast("dict[str, Any]", encode(filed.value))
    return filed_form(type(filed.value)).model_validate({"id": str(filed.id), "version": filed.version, **body})


def told_page(kind: Any, found: "list[Filed[Any]]", limit: int) -> BaseModel:
    """Tell one page of kept values out of one more than fits."""
    items = [told_filed(filed) for filed in found[:limit]]
    following = cursor_of(str(found[limit - 1].id)) if len(found) > limit else None
    return page_form(filed_form(kind)).model_construct(items=items, next=following)


def whole_page(item: type[BaseModel], items: list[BaseModel], asked: Window) -> BaseModel:
    """Tell the part that is asked for of a list that is made whole."""
    return asked.page(page_form(item), items)


def _model(name: str, kind: Any, base: type[BaseModel], members: Mapping[str, Any]) -> type[BaseModel]:
    return create_model(name, __base__=base, __doc__=kind.__doc__, **dict(members))


def _default(field: "Field[Any]") -> Any:
    """Let what has a default be left out; a default told in the contract would make generated clients ask for it."""
    if field.default is not MISSING:
        usual = encode(field.default)
        return pydantic.Field(default_factory=lambda: usual, validate_default=True)
    return ... if field.default_factory is MISSING else pydantic.Field(default_factory=field.default_factory)


def _form_of(hint: Any, *, sent: bool) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        inner = next(argument for argument in arguments if argument is not NoneType)
        return _form_of(inner, sent=sent) | None
    if origin in (tuple, frozenset):
        item: Any = list[_form_of(arguments[0], sent=sent)]  # type: ignore[misc]
        return Annotated[item, pydantic.Field(max_length=MOST_ITEMS)] if sent else item
    if origin is not None and issubclass(origin, Mapping):
        return dict[Prose, _form_of(arguments[1], sent=sent)]  # type: ignore[misc]
    known = {**BOTH, **(SENT if sent else TOLD)}
    if hint not in known and hasattr(hint, "__supertype__"):
        return _form_of(hint.__supertype__, sent=sent)
    if is_dataclass(hint) and hint not in known:
        return sent_form(cast("Any", hint)) if sent else told_form(cast("Any", hint))
    return known.get(hint, hint)
