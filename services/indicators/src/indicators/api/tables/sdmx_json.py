"""Tables as SDMX-JSON 2.0 data messages: flat, values as text so that no reader rounds them."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from indicators.api.tables.layout import AGENCY, Layout

SCHEMA = (
    "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master"
    "/data-message/tools/schemas/2.0.0/sdmx-json-data-schema.json"
)
URN = "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow="


class SdmxJsonTable:
    """Writes rows as one message; what was taken back stands in a second data set."""

    def __init__(self, path: Path, layout: Layout, prepared: datetime) -> None:
        """Begin a message."""
        self._layout = layout
        self._links = [{"urn": URN + layout.structure, "rel": "dataflow"}]
        self._values: list[dict[str, int]] = [{} for _ in layout.dimensions]
        self._gone: list[str] = []
        self._first = True
        self._out = path.open("w", encoding="utf-8")
        meta = {
            "schema": SCHEMA,
            "id": f"{layout.name}-{prepared:%Y%m%dT%H%M%SZ}",
            "prepared": prepared.isoformat().replace("+00:00", "Z"),
            "contentLanguages": ["en"],
            "sender": {"id": AGENCY},
        }
        self._meta = f'{{"meta":{_json(meta)},"data":{{"dataSets":['
        self._out.write(f"{self._meta}{{{self._head('Information')}")

    def write(self, rows: pl.DataFrame) -> None:
        """Write rows."""
        count = len(self._values)
        for action, *cells in self._layout.sdmx(rows).iter_rows():
            key = ":".join(
                str(known.setdefault(cell, len(known))) for known, cell in zip(self._values, cells, strict=False)
            )
            entry = f'"{key}":{_json(cells[count:])}'
            if action == "D":
                self._gone.append(entry)
            else:
                self._out.write(entry if self._first else f",{entry}")
                self._first = False

    def close(self) -> None:
        """End the message with what its positions mean; without any row there is neither data set nor structure."""
        if not any(self._values):
            self._out.seek(0)
            self._out.truncate()
            self._out.write(f'{self._meta}],"structures":[]}}}}')
            self._out.close()
            return
        self._out.write("}}")
        if self._gone:
            self._out.write(f",{{{self._head('Delete')}{','.join(self._gone)}}}}}")
        self._out.write(f'],"structures":[{_json(self._structure())}]}}}}')
        self._out.close()

    def _head(self, action: str) -> str:
        return f'"structure":0,"action":"{action}","links":{_json(self._links)},"observations":{{'

    def _structure(self) -> dict[str, Any]:
        named = zip(self._layout.dimensions, self._values, strict=True)
        return {
            "dataSets": [0, 1] if self._gone else [0],
            "links": self._links,
            "dimensions": {
                "observation": [
                    {"id": name, "keyPosition": position, "values": [{"value": value} for value in values]}
                    for position, (name, values) in enumerate(named)
                ]
            },
            "measures": {"observation": [{"id": "OBS_VALUE"}]},
            "attributes": {
                "observation": [{"id": name, "relationship": {"observation": {}}} for name in self._layout.attributes]
            },
        }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
