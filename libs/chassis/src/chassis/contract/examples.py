"""Examples for schemas: made of their members' own examples, so that they always fit."""

import re
from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]
BY_FORMAT = {
    "date": "2014-11-30",
    "date-time": "2014-12-01T09:30:00Z",
    "uuid": "0199a3c2-7f4e-7b1a-9c55-3d2f8e6a1b40",
    "uri": "https://zielwerk.example/",
    "decimal": "20.6",
}
SHAPES = {"date": r"\d{4}-\d\d-\d\d", "decimal": r"-?\d+(\.\d+)?"}
COMMON: Mapping[str, object] = {
    "root": "5f0a1d0c3f6e6b1f1d8a5c0e9b7d4a2c8e3f1b6d0a9c7e5d2b4f8a1c3e6d9b70",
    "jws": "eyJhbGciOiJFZDI1NTE5In0..c2lnbmF0dXJl",
    "url": "https://rathaus.example/hooks/zielwerk",
    "next": "WyJhIl0",
    "limit": 100,
    "instance": "/v1/events",
    "request_id": "0199a3c2-8d11-7c02-b0a4-6e1f2d3c4b5a",
    "CheckOut.name": "log",
    "CheckOut.detail": "38 entries",
    "CheckpointOut.service": "zielwerk",
    "CheckpointOut.tree_size": 38,
}
"""What schemas show that every service has."""
WORD = "text"
NOTHING = object()


class Examples:
    """
    Makes an example for every schema of a contract.

    A sample is known by the name of a schema, of a schema's member (`Schema.member`), or of any member where it fits.
    """

    def __init__(self, schemas: dict[str, Any], samples: Mapping[str, object]) -> None:
        """Work on these schemas with these samples."""
        self._schemas, self._samples = schemas, {**COMMON, **samples}

    def put(self) -> None:
        """Give an example to every schema that has none."""
        for name, schema in self._schemas.items():
            if "examples" not in schema:
                schema["examples"] = [self._samples.get(name) or self._of(schema, "", (name,))]

    def _of(self, schema: Schema, member: str, above: tuple[str, ...]) -> Any:
        """Make an example of a schema; `above` names the references that led here, so that a circle ends."""
        if "$ref" in schema:
            return self._referred(schema["$ref"].rsplit("/", 1)[1], member, above)
        sample = self._sample(member, above)
        if "enum" in schema or "const" in schema:
            known = schema.get("enum") or [schema["const"]]
            return sample if sample in known else known[0]
        if schema.get("examples") and not sample:
            return schema["examples"][0]
        choices = schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf")
        if choices:
            made = (self._of(one, member, above) for one in choices if one.get("type") != "null")
            return next((example for example in made if example is not NOTHING), None)
        return self._typed(schema, member, above)

    def _referred(self, name: str, member: str, above: tuple[str, ...]) -> Any:
        if name in self._samples or name in above:
            return self._samples.get(name, NOTHING)
        return self._of(self._schemas[name], member, (*above, name))

    def _typed(self, schema: Schema, member: str, above: tuple[str, ...]) -> Any:
        match schema.get("type"):
            case "object":
                return self._object(schema, above)
            case "array":
                item = self._of(schema.get("items", {}), member.removesuffix("s"), above)
                return [] if item is NOTHING or schema.get("maxItems") == 0 else [item]
            case "string":
                return self._text(schema, self._sample(member, above))
            case "integer" | "number" as kind:
                sample = self._sample(member, above)
                fits = isinstance(sample, int) and schema.get("minimum", sample) <= sample <= schema.get(
                    "maximum", sample
                )
                return sample if fits else schema.get("minimum", 1 if kind == "integer" else 1.5)
            case "boolean":
                return bool(schema.get("default", True))
        return None

    def _object(self, schema: Schema, above: tuple[str, ...]) -> dict[str, Any]:
        made = {name: self._of(one, name, above) for name, one in schema.get("properties", {}).items()}
        for name in [name for name, example in made.items() if example is NOTHING]:
            made[name] = None
        names, values = schema.get("propertyNames"), schema.get("additionalProperties")
        if not made and isinstance(values, dict):
            key = self._of({"type": "string", **(names or {})}, "", above)
            made = {str(key): self._of(values, "", above)}
        return made

    def _sample(self, member: str, above: tuple[str, ...]) -> object:
        return self._samples.get(f"{above[-1]}.{member}", self._samples.get(member, ""))

    def _text(self, schema: Schema, sample: object) -> str:
        pattern, form = schema.get("pattern"), schema.get("format", "")
        if form in BY_FORMAT and not re.fullmatch(SHAPES.get(form, ""), str(sample)):
            return BY_FORMAT[form]
        for text in (sample, *schema.get("examples", ()), WORD, WORD[: schema.get("maxLength", 4)]):
            fits = isinstance(text, str) and schema.get("minLength", 1) <= len(text) <= schema.get("maxLength", 9_999)
            if fits and (pattern is None or re.search(pattern, str(text))):
                return str(text)
        return WORD
