"""What is asked of the indicators service: one question a view, and nothing that nobody has defined."""

import httpx
from domain.attainment import Need
from domain.identity import IndicatorCode
from domain.period import Month, Period, View
from reporting.clients.indicators.gateway import IndicatorsGateway
from support.measuring import JOBCENTER

READINGS, DEFINITIONS = "/v1/readings", "/v1/indicators"
OWED, VARIABLES = "/v1/delivery-status", "/v1/variables"


class Told(httpx.AsyncBaseTransport):
    """Answers with definitions and empty pages, and remembers what was asked."""

    def __init__(self, *defined: str) -> None:
        self.defined, self.asked = defined, list[httpx.URL]()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url)
        items = [a_definition(code) for code in self.defined] if request.url.path == DEFINITIONS else []
        return httpx.Response(200, json={"items": items, "next": None})

    def asked_at(self, path: str) -> list[httpx.QueryParams]:
        return [url.params for url in self.asked if url.path == path]

    async def reads(self, *needs: Need) -> None:
        client = httpx.AsyncClient(transport=self, base_url="http://indicators")
        await IndicatorsGateway(client).readings([JOBCENTER], needs)


def a_definition(code: str) -> dict[str, object]:
    names = ("checked_against", "formula", "label", "label_en", "name", "note", "note_en", "source", "variant")
    return {
        **dict.fromkeys(names, "x"),
        "valid_until": None,
        "indicator": code,
        "version": 1,
        "valid_from": "2010-01-01",
        "default_view": "month",
        "direction": None,
        "places": 1,
        "shown_as_change": False,
        "unit_of_measure": "percent",
    }


def a_need(indicator: str, view: View = View.MONTH) -> Need:
    return Need(indicator=IndicatorCode(indicator), view=view, first=Month(2014, 1), last=Month(2014, 11))


async def test_all_indicators_of_a_view_are_one_question() -> None:
    told = Told("K1", "K2", "K3")
    await told.reads(a_need("K1"), a_need("K2"), a_need("K3", View.ROLLING_12))
    asked = {params["view"]: params.get_list("indicator") for params in told.asked_at(READINGS)}
    assert asked == {"month": ["K1", "K2"], "rolling_12": ["K3"]}


async def test_an_indicator_nobody_defined_stops_no_other() -> None:
    told = Told("K1")
    await told.reads(a_need("K1"), a_need("mistyped"))
    assert [params.get_list("indicator") for params in told.asked_at(READINGS)] == [["K1"]]


async def test_without_any_defined_indicator_nothing_is_read() -> None:
    told = Told()
    await told.reads(a_need("mistyped"))
    assert told.asked_at(READINGS) == []


class Owing(httpx.AsyncBaseTransport):
    """Answers with deliveries that are owed, and with the catalogue of variables."""

    def __init__(self, *owed: str) -> None:
        self.asked = list[str]()
        self._items = {OWED: [an_owed(*owed)] if owed else [], VARIABLES: [a_variable("contacts", "Kontakte")]}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        return httpx.Response(200, json={"items": self._items[request.url.path], "next": None})


def an_owed(*variables: str) -> dict[str, object]:
    return {
        "unit": JOBCENTER,
        "unit_name": "Jobcenter ME-aktiv",
        "month": "2014-11",
        "variables": variables,
        "due": "2014-12-12",
        "status": "missing",
        "completed_on": None,
        "missing": variables,
        "missing_units": [],
        "withheld": [],
        "withheld_units": [],
        "rejected_rows": 0,
        "days_late": 4,
    }


def a_variable(code: str, label: str) -> dict[str, object]:
    bounds: dict[str, object] = {"dimensions": {}, "low": None, "high": None}
    bounds |= {"valid_from": None, "valid_until": None}
    return {"code": code, "label": label, "label_en": "x", "unit_of_measure": "contacts", "kind": "flow", **bounds}


async def overdue(told: Owing) -> list[tuple[str, ...]]:
    client = httpx.AsyncClient(transport=told, base_url="http://indicators")
    found = await IndicatorsGateway(client).overdue([JOBCENTER], Period.parse("2014-11"))
    return [one.labels for one in found]


async def test_what_is_overdue_is_named_as_in_the_catalogue_and_by_its_code_where_it_is_not_there() -> None:
    assert await overdue(Owing("contacts", "given_up")) == [("Kontakte", "given_up")]


async def test_where_nothing_is_overdue_no_names_are_asked_for() -> None:
    told = Owing()
    assert await overdue(told) == []
    assert told.asked == [OWED]
