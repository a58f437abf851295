"""The committed contracts: valid, alike in all services, and good enough to generate a client that compiles."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from chassis.limiting.asking import counted
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from support.apps import SERVICES
from support.contracts import ROOT, contract_path

METHODS = {"get", "put", "post", "delete", "patch"}


def contract(service: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(contract_path(service).read_text())
    return read


def operations(service: str) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, operation)
        for path, methods in contract(service)["paths"].items()
        for method, operation in methods.items()
        if method in METHODS
    ]


@pytest.mark.parametrize("service", SERVICES)
def test_a_contract_is_valid(service: str) -> None:
    assert contract(service)["openapi"].startswith("3.1")
    validate(contract(service))


@pytest.mark.parametrize("service", SERVICES)
def test_every_operation_has_a_name_a_summary_and_declares_its_problems(service: str) -> None:
    for _, _, operation in operations(service):
        assert re.fullmatch(r"[a-z][a-z_]*", operation["operationId"])
        assert operation["summary"]
        assert operation["description"]
        problem = operation["responses"]["default"]["content"]
        assert "application/problem+json" in problem


@pytest.mark.parametrize("service", SERVICES)
def test_every_operation_that_is_counted_declares_the_refusal_of_too_many_requests(service: str) -> None:
    refusal = contract(service)["components"]["responses"]["TooManyRequests"]
    assert set(refusal["headers"]) == {"RateLimit", "RateLimit-Policy", "Retry-After"}
    for path, _, operation in operations(service):
        declared = operation["responses"].get("429")
        assert declared == ({"$ref": "#/components/responses/TooManyRequests"} if counted(path) else None), path


@pytest.mark.parametrize("service", ["indicators", "reporting"])
def test_every_schema_has_a_name_of_its_own(service: str) -> None:
    schemas = contract(service)["components"]["schemas"]
    assert [name for name in schemas if "__" in name] == []
    titles = [schema.get("title", name) for name, schema in schemas.items()]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("service", SERVICES)
def test_addresses_are_versioned_kebab_case(service: str) -> None:
    open_paths = {"/", "/healthz", "/readyz", "/metrics"}
    for path, _, _ in operations(service):
        assert path in open_paths or re.fullmatch(r"/v1(/([a-z][a-z-]*|\{[a-z]+\}))+", path)


@pytest.mark.parametrize("service", SERVICES)
def test_members_are_snake_case_and_input_refuses_what_it_does_not_know(service: str) -> None:
    for name, schema in contract(service)["components"]["schemas"].items():
        assert all(re.fullmatch(r"[a-z][a-z0-9_]*", member) for member in schema.get("properties", {}))
        if name.endswith("In"):
            assert schema["additionalProperties"] is False


@pytest.mark.parametrize("service", SERVICES)
def test_every_list_is_read_in_pages(service: str) -> None:
    foreign = ("/v1/oparl/", "/v1/events")  # pages as OParl has them; a feed goes on `after` a position
    for path, method, operation in operations(service):
        answer = json.dumps(operation["responses"].get("200", {}))
        if method == "get" and re.search(r"schemas/\w+Page\b", answer) and not path.startswith(foreign):
            assert {"limit", "cursor"} <= {one["name"] for one in operation["parameters"]}, path


@pytest.mark.parametrize("service", SERVICES)
def test_every_schema_has_an_example_that_fits_it(service: str) -> None:
    told = contract(service)
    schemas = told["components"]["schemas"]
    registry = Registry().with_resource("urn:contract", Resource.from_contents(told, DRAFT202012))
    for name, schema in schemas.items():
        validator = OAS31Validator({"$ref": f"urn:contract#/components/schemas/{name}"}, registry=registry)
        assert schema["examples"], name
        assert [f"{name}: {error.message}" for error in validator.iter_errors(schema["examples"][0])] == []


@pytest.mark.parametrize("service", SERVICES)
def test_what_is_told_is_always_there(service: str) -> None:
    for name, schema in contract(service)["components"]["schemas"].items():
        if name.endswith(("Out", "Page")):
            assert set(schema["required"]) == set(schema["properties"])


def test_a_typescript_client_made_from_each_contract_compiles(tmp_path: Path) -> None:
    tools = ROOT / "tests" / "contract" / "typescript"
    scripts = Path(sys.executable).parent
    path = {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run([str(scripts / "npm"), "ci", "--silent"], cwd=tools, check=True, capture_output=True, env=path)
    node = str(scripts / "node")
    for service in SERVICES:
        made = tmp_path / f"{service}.ts"
        generator = str(tools / "node_modules" / "openapi-typescript" / "bin" / "cli.js")
        source = str(contract_path(service))
        subprocess.run([node, generator, source, "-o", str(made)], check=True, capture_output=True)
    use = tmp_path / "use.ts"
    use.write_text((tools / "use.ts").read_text())
    compiler = str(tools / "node_modules" / "typescript" / "bin" / "tsc")
    done = subprocess.run(
        [node, compiler, "--strict", "--noEmit", str(use)], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
