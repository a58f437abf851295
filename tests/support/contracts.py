"""Contracts and what is generated from them: `python tests/support/contracts.py write|check`."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SERVICES = ("agreements", "indicators", "reporting")
CLIENTS = {
    ("agreements", "indicators"): ["DefinitionPage"],
    ("indicators", "agreements"): ["TreeOut", "AgreedGoalPage"],
    ("reporting", "agreements"): ["TreeOut", "AgreementOut", "RevisionOut", "DeclarationPage"],
    ("reporting", "indicators"): ["DefinitionPage", "ReadingPage", "ReadingWhy", "OwedPage", "VariablePage"],
}
HEADER = '"""Wire models of another service, generated from its contract by `make clients`; not edited by hand."""\n'


def contract_path(service: str) -> Path:
    """Say where a service's contract is kept."""
    return ROOT / "services" / service / "openapi.json"


def contract_of(service: str) -> str:
    """Ask a service for its contract."""
    told = subprocess.run([sys.executable, "-m", service, "contract"], check=True, capture_output=True, text=True)
    return told.stdout


def wire_path(client: str, service: str) -> Path:
    """Say where a client's wire models are kept."""
    return ROOT / "services" / client / "src" / client / "clients" / service / "wire.py"


def wire_of(service: str, wanted: list[str]) -> str:
    """Generate the wire models a client reads, and no others."""
    schemas = json.loads(contract_path(service).read_text())["components"]["schemas"]
    document = {
        "openapi": "3.1.0",
        "info": {"title": service, "version": "1"},
        "paths": {},
        "components": {"schemas": {name: tolerant(schemas[name]) for name in sorted(reached(schemas, wanted))}},
    }
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "contract.json", Path(folder) / "wire.py"
        source.write_text(json.dumps(document))
        options = (
            "--input-file-type openapi --openapi-scopes schemas --output-model-type pydantic_v2.BaseModel "
            "--target-python-version 3.11 --disable-timestamp --use-standard-collections --use-union-operator "
            "--use-specialized-enum --use-schema-description --formatters ruff-format"
        )
        command = [
            str(Path(sys.executable).parent / "datamodel-codegen"),
            "--input",
            str(source),
            "--output",
            str(target),
            *options.split(),
        ]
        subprocess.run(command, check=True, capture_output=True, text=True)
        lines = target.read_text().splitlines(keepends=True)
    return HEADER + "".join(line for line in lines if not line.startswith("#")).lstrip()


def reached(schemas: dict[str, Any], wanted: list[str]) -> set[str]:
    """Find the schemas that others lead to."""
    found, waiting = set[str](), list(wanted)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [ref.rsplit("/", 1)[1] for ref in references(schemas[name])]
    return found


def references(node: Any) -> list[str]:
    """List every $ref below a node."""
    if isinstance(node, list):
        return [ref for item in node for ref in references(item)]
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [ref for value in node.values() for ref in references(value)]
    return []


def tolerant(node: Any) -> Any:
    """Let a reader ignore members it does not know, and bounds that are the sender's business."""
    strict = ("additionalProperties", "pattern", "maxLength", "minLength", "maxItems", "minimum", "maximum", "examples")
    if isinstance(node, list):
        return [tolerant(item) for item in node]
    if isinstance(node, dict):
        return {k: tolerant(v) for k, v in node.items() if not (k in strict and (k != strict[0] or v is False))}
    return node


def artefacts() -> dict[Path, str]:
    """Generate everything anew; clients read the contracts as they are kept."""
    made = {contract_path(service): contract_of(service) for service in SERVICES}
    return made | {wire_path(client, service): wire_of(service, names) for (client, service), names in CLIENTS.items()}


def drifted() -> list[str]:
    """Name the files that differ from what would be generated."""
    return [
        str(path.relative_to(ROOT))
        for path, content in artefacts().items()
        if not path.exists() or path.read_text() != content
    ]


def write() -> None:
    """Write contracts first, then the clients made from them."""
    for service in SERVICES:
        contract_path(service).write_text(contract_of(service))
    for (client, service), names in CLIENTS.items():
        wire_path(client, service).write_text(wire_of(service, names))


if __name__ == "__main__":
    if sys.argv[1:] == ["write"]:
        write()
    elif stale := drifted():
        sys.exit(f"stale: {', '.join(stale)}; run `make contracts`")
