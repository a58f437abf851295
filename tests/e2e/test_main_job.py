"""The main job over real processes: what `make up` starts, and what its users then do."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep

import httpx
import pytest
from benchmarks.run import free_ports
from demonstration.figures import LAST
from stack.place import Place
from stack.tokens import token
from support.documented import followed, pages

JOBCENTER, DISTRICT, TOWN, LATE_TOWN = "36402", "05158", "05158004", "05158036"


def stack(act: str, environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", "stack", act]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    home = tmp_path_factory.mktemp("zielwerk")
    home.parent.chmod(0o755)
    home.parent.parent.chmod(0o755)
    ports = {f"ZIELWERK_{service.upper()}_PORT": str(port) for service, port in free_ports().items()}
    return {**os.environ, "ZIELWERK_HOME": str(home), **ports}


@pytest.fixture(scope="module")
def screen(environment: dict[str, str]) -> Iterator[str]:
    yield stack("up", environment)
    stack("down", environment)


@pytest.fixture
def place(environment: dict[str, str]) -> Place:
    ports = {
        name: int(environment[f"ZIELWERK_{name.upper()}_PORT"]) for name in ("agreements", "indicators", "reporting")
    }
    return Place(home=Path(environment["ZIELWERK_HOME"]), ports=ports)


class Person:
    """Somebody with a role who asks the services."""

    def __init__(self, place: Place, role: str, *units: str) -> None:
        self._place = place
        self._headers = {"Authorization": f"Bearer {token(place, role, units)}"}

    def asks(self, service: str, path: str, **headers: str) -> httpx.Response:
        return httpx.get(self._place.address(service) + path, headers={**self._headers, **headers}, timeout=60)

    def delivers(self, content: str) -> httpx.Response:
        headers = {**self._headers, "Content-Type": "text/csv"}
        path = self._place.address("indicators") + "/v1/deliveries"
        return httpx.post(path, content=content.encode(), headers=headers, timeout=60)


def lights(place: Place) -> dict[str, str]:
    told = Person(place, "supervisor", "MAIS-NRW").asks("reporting", f"/v1/attainment?unit={JOBCENTER}&limit=1000")
    return {item["goal"]: item["light"] for item in told.json()["items"]}


def test_the_closing_screen_shows_addresses_tokens_and_a_finished_report(screen: str, place: Place) -> None:
    assert all(place.address(service) in screen for service in place.ports)
    report = next(Path(line.strip()) for line in screen.splitlines() if line.strip().endswith(".pdf"))
    assert report.read_bytes().startswith(b"%PDF")
    assert "sind erzeugt" in report.with_suffix(".html").read_text("utf-8")


def test_the_lines_to_try_work_as_they_are_printed(screen: str) -> None:
    lines = [line.strip() for line in screen.splitlines() if line.strip().startswith("curl")]
    assert len(lines) == 6
    for line in lines:
        told = subprocess.run(["/bin/bash", "-c", line], capture_output=True, text=True, check=True).stdout
        assert json.loads(told)["items"]


def test_a_round_is_in_negotiation_with_an_offer_outside_its_corridor_and_an_escalation(
    screen: str, place: Place
) -> None:
    paths = [line.split("'")[-2] for line in screen.splitlines() if "unit_lead" in line and "curl" in line]
    offers, findings, escalations = (
        Person(place, "unit_lead", JOBCENTER).asks("agreements", path.removeprefix(place.address("agreements"))).json()
        for path in paths
    )
    assert [(offer["position"], offer["status"]) for offer in offers["items"]] == [("below", "submitted")]
    assert {finding["rule"] for finding in findings["items"]} == {"outside_corridor", "escalation_open"}
    assert [point["status"] for point in escalations["items"]] == ["open"]


def test_the_signed_agreement_proves_itself_offline_and_a_flipped_bit_is_named(screen: str, tmp_path: Path) -> None:
    command = next(line.split() for line in screen.splitlines() if "verify_evidence" in line)
    root = Path(__file__).parents[2]
    verified = subprocess.run(
        [sys.executable, *command[1:]], cwd=root, capture_output=True, text=True, env={"PATH": ""}, check=False
    )
    assert verified.stdout.startswith("GENUINE: signed by 05158, 36402, AA-METTMANN"), verified.stderr
    content = bytearray(Path(command[-1]).read_bytes())
    content[content.index(b"PK\x01\x02") // 2] ^= 1
    (tmp_path / "forged.zip").write_bytes(content)
    forged = subprocess.run(
        [sys.executable, command[1], tmp_path / "forged.zip"], cwd=root, capture_output=True, text=True, check=False
    )
    assert forged.returncode != 0


@pytest.mark.usefixtures("screen")
def test_november_shows_green_yellow_and_red_goals(place: Place) -> None:
    assert {"green", "yellow", "red", "grey", "white"} == set(lights(place).values())
    assert lights(place)["integration"] == "yellow"
    assert lights(place)["long_term_recipients"] == "red"


@pytest.mark.usefixtures("screen")
def test_one_delivery_is_late_and_costs_the_goals_built_on_it_their_value(place: Place) -> None:
    told = Person(place, "controller", JOBCENTER).asks("indicators", "/v1/delivery-status?status=missing&status=late")
    assert [(owed["unit"], owed["month"]) for owed in told.json()["items"]] == [(LATE_TOWN, str(LAST))]
    assert lights(place)["contact_density"] == "grey"


@pytest.mark.usefixtures("screen")
def test_the_register_gives_lists_real_size(place: Place) -> None:
    person, seen, cursor = Person(place, "reader", JOBCENTER), [], ""
    while True:
        page = person.asks("agreements", f"/v1/units?limit=150{cursor}").json()
        seen += [unit["code"] for unit in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert len(seen) == len(set(seen)) > 404
    assert seen == sorted(seen)


@pytest.mark.usefixtures("screen")
def test_a_figure_explains_itself_down_to_its_deliveries(place: Place) -> None:
    person = Person(place, "supervisor", DISTRICT)
    items = person.asks("reporting", f"/v1/attainment?unit={JOBCENTER}").json()["items"]
    goal = next(item for item in items if item["goal"] == "integration")
    why = person.asks("reporting", f"/v1/attainment/{goal['id']}/why").json()
    assert why["goal"]["target"] == "20.6"
    reading = next(reading for reading in why["readings"] if reading["month"] == str(LAST))
    traced = next(one for one in why["lineage"] if one["reading"]["month"] == str(LAST))
    integrations = [int(i["value"]) for i in traced["inputs"] if i["variable"] == "integrations"]
    assert sum(integrations) == int(reading["numerator"])
    assert {entry["delivery"] for entry in traced["inputs"]} == set(reading["deliveries"])


@pytest.mark.usefixtures("screen")
def test_a_stranger_sees_nothing_of_the_jobcenter(place: Place) -> None:
    stranger = Person(place, "controller", "03002")
    assert stranger.asks("reporting", "/v1/attainment").json()["items"] == []
    assert stranger.asks("reporting", f"/v1/attainment?unit={JOBCENTER}").status_code == 404
    assert stranger.asks("reporting", "/v1/reports").json()["items"] == []
    assert stranger.asks("agreements", "/v1/agreements").json()["items"] == []


@pytest.mark.usefixtures("screen")
def test_a_correction_reaches_the_supervisors_pull_and_nothing_else_does(place: Place) -> None:
    supervisor = Person(place, "supervisor", "MAIS-NRW")
    before = supervisor.asks("reporting", "/v1/attainment/changes?limit=1000")
    cursor = before.json()["next"]
    while (page := supervisor.asks("reporting", f"/v1/attainment/changes?limit=1000&cursor={cursor}").json())["items"]:
        cursor = page["next"]
    report = supervisor.asks("reporting", "/v1/reports").json()["items"][0]["id"]
    document = f"/v1/reports/{report}/document"
    frozen = supervisor.asks("reporting", document, Accept="application/pdf").content
    sent = Person(place, "uploader", TOWN).delivers(f"unit,variable,month,value\n{TOWN},ltr_stock,{LAST},9000\n")
    assert sent.json()["counts"]["corrected"] == 1
    changed: list[str] = []
    for _ in range(60):
        page = supervisor.asks("reporting", f"/v1/attainment/changes?limit=1000&cursor={cursor}").json()
        changed += [item["goal"] for item in page["items"]]
        cursor = page["next"]
        if changed:
            break
        sleep(0.5)
    assert set(changed) == {"long_term_recipients"}
    assert supervisor.asks("reporting", document, Accept="application/pdf").content == frozen


def test_a_second_start_finds_everything_and_stops_cleanly(environment: dict[str, str], screen: str) -> None:
    assert stack("up", environment) == screen
    stack("down", environment)
    assert "nothing is running" in stack("down", environment)
    assert stack("up", environment).count("Bearer") == screen.count("Bearer")


@pytest.mark.parametrize("page", pages(), ids=lambda page: f"{page.parent.name}/{page.name}")
@pytest.mark.usefixtures("screen")
def test_the_commands_of_a_page_work_as_they_are_printed(
    page: Path, place: Place, environment: dict[str, str], tmp_path: Path
) -> None:
    done = followed(page, place, tmp_path, environment)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
