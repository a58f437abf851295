"""Loading the demonstration through the public interfaces, as the people and programs concerned would."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from demonstration import agreement
from demonstration.figures import FIRST, LAST, WEIGHTS
from demonstration.files import DATASETS, LATE_TOWN, MonthlyFile, keep, monthly_files
from demonstration.units import DISTRICT, JOBCENTER, all_relations, all_units

Token = Callable[[str, tuple[str, ...]], str]
Say = Callable[[str], None]
AT_ONCE = 4
PATIENCE = 180
PERIOD = "2014-Q4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where the three services are."""

    agreements: str
    indicators: str
    reporting: str


class DemonstrationFailed(Exception):
    """A service refused a part of the demonstration."""


class Loader:
    """Acts as operator, signatories and senders."""

    def __init__(self, addresses: Addresses, token: Token, folder: Path, say: Say) -> None:
        """Load to these addresses; keep files and reports below a folder."""
        self._addresses, self._token, self._folder, self._say = addresses, token, folder, say

    async def load(self, due_on: str) -> Path:
        """Load everything that is not there yet; give the path of the finished report."""
        pdf = self._folder / f"Quartalsbericht_{PERIOD}.pdf"
        async with httpx.AsyncClient(timeout=120) as client:
            reports = await self._ask(client, "supervisor", (DISTRICT,), f"{self._addresses.reporting}/v1/reports")
            if not reports["items"]:
                await self._units(client)
                await self._agreement(client)
                await self._deliver(client, due_on)
                await self._judged(client)
                await self._report(client)
                reports = await self._ask(client, "supervisor", (DISTRICT,), f"{self._addresses.reporting}/v1/reports")
            if not pdf.exists():
                await self._documents(client, reports["items"][0]["id"], pdf)
        return pdf

    async def _units(self, client: httpx.AsyncClient) -> None:
        sent = {"units": all_units(), "relations": all_relations()}
        counts = await self._send(client, "operator", (), f"{self._addresses.agreements}/v1/units", sent)
        self._say(f"units: {counts['created']} created, {counts['unchanged']} known")

    async def _agreement(self, client: httpx.AsyncClient) -> None:
        base = f"{self._addresses.agreements}/v1/agreements"
        found = await self._ask(client, "unit_lead", (DISTRICT,), f"{base}?unit={JOBCENTER}&year=2014")
        live = [one for one in found["items"] if one["status"] not in ("withdrawn", "declined", "closed")]
        if live:
            told = await self._ask(client, "unit_lead", (DISTRICT,), f"{base}/{live[0]['id']}")
        else:
            told = await self._send(client, "unit_lead", (DISTRICT,), base, agreement.body())
        while told["status"] != "in_force":
            told = await self._advanced(client, f"{base}/{told['id']}", told)
        await self._declare(client, f"{base}/{told['id']}")
        self._say(f"agreement: {len(told['goals'])} goals, signed by {len(told['signatures'])} parties, in force")

    async def _advanced(self, client: httpx.AsyncClient, path: str, told: dict[str, Any]) -> dict[str, Any]:
        """Do the next thing the agreement waits for, as the party it waits for."""
        moves = {"draft": "propose", "proposed": "agree", "agreed": "sign", "signed": "activate"}
        move = moves[told["status"]]
        if move == "sign":
            party = told["unsigned"][0]
            revision = await self._ask(client, "unit_lead", (party,), f"{path}/revisions/{told['revision']}")
            signed = {"party": party, "revision": told["revision"], "digest": revision["digest"]}
            await self._send(client, "unit_lead", (party,), f"{path}/signatures", signed)
            return await self._ask(client, "unit_lead", (party,), path)
        party = told["awaited"][0] if move == "agree" else DISTRICT
        sent = {"transition": move, "party": party, "revision": told["revision"]}
        return await self._send(
            client, "unit_lead", (party,), f"{path}/transitions", sent, {"If-Match": f'"{told["version"]}"'}
        )

    async def _declare(self, client: httpx.AsyncClient, path: str) -> None:
        declared = [
            ("debt_counselling_agreements", DISTRICT, "done", "2014-09-30", "Vereinbarungen sind aktualisiert"),
            ("psychosocial_agreements_check", JOBCENTER, "done", "2014-10-15", "Prüfung ist abgeschlossen"),
            ("services_made_known", JOBCENTER, "better", "2014-11-10", "Alle Integrationsfachkräfte sind informiert"),
            ("child_care_places", JOBCENTER, "same", "2014-11-10", "Unverändert zum Vorjahr"),
        ]
        known = await self._ask(client, "unit_lead", (DISTRICT,), f"{path}/declarations")
        for goal, party, kind, on, narrative in declared[len(known["items"]) :]:
            sent = {"kind": kind, "on": on, "party": party, "narrative": narrative}
            await self._send(client, "unit_lead", (party,), f"{path}/goals/{goal}/declarations", sent)

    async def _deliver(self, client: httpx.AsyncClient, due_on: str) -> None:
        duties = {"duties": list(_duties(due_on))}
        await self._send(client, "operator", (), f"{self._addresses.indicators}/v1/delivery-schedule", duties)
        files = list(monthly_files())
        keep(self._folder / "files", files)
        done, gate = 0, asyncio.Semaphore(AT_ONCE)

        async def deliver(file: MonthlyFile) -> None:
            nonlocal done
            async with gate:
                await self._upload(client, file)
            done += 1
            if done % 50 == 0 or done == len(files):
                self._say(f"deliveries: {done} of {len(files)} files with generated figures")

        try:
            async with asyncio.TaskGroup() as group:
                for file in files:
                    group.create_task(deliver(file))
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from failed

    async def _upload(self, client: httpx.AsyncClient, file: MonthlyFile) -> None:
        headers = {**self._headers("uploader", (file.unit,)), "Content-Type": "text/csv"}
        path = f"{self._addresses.indicators}/v1/deliveries"
        told = _told(await client.post(path, content=file.content, headers=headers))
        if told["status"] != "accepted":
            raise DemonstrationFailed(f"{file.name}: {told['status']} {told['counts']}")

    async def _judged(self, client: httpx.AsyncClient) -> None:
        """Wait until the last month is judged and nothing changes any more."""
        cursor, quiet = "", 0
        for _ in range(PATIENCE):
            path = f"{self._addresses.reporting}/v1/attainment"
            told = await self._ask(client, "supervisor", (DISTRICT,), f"{path}?unit={JOBCENTER}&limit=1000")
            last = {item["goal"]: item for item in told["items"] if item["month"] == str(LAST)}
            ready = all(
                last.get(goal, {}).get("actual") for goal in ("integration", "long_term_recipients", "staffing")
            )
            seen = max((item["judged_at"] for item in told["items"]), default="")
            quiet = quiet + 1 if ready and seen == cursor else 0
            cursor = seen
            if quiet > 1:
                self._say(f"attainment: {len(told['items'])} goals judged for {LAST}")
                return
            await asyncio.sleep(1)
        raise DemonstrationFailed("the attainment of the last month did not appear")

    async def _report(self, client: httpx.AsyncClient) -> None:
        sent = {"kind": "quarterly", "unit": JOBCENTER, "period": PERIOD}
        await self._send(client, "controller", (JOBCENTER,), f"{self._addresses.reporting}/v1/reports", sent)

    async def _documents(self, client: httpx.AsyncClient, report: str, pdf: Path) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        path = f"{self._addresses.reporting}/v1/reports/{report}/document"
        for form, target in (("text/html", pdf.with_suffix(".html")), ("application/pdf", pdf)):
            answer = await client.get(path, headers={**self._headers("reader", (JOBCENTER,)), "Accept": form})
            target.write_bytes(_accepted(answer).content)

    async def _ask(self, client: httpx.AsyncClient, role: str, units: tuple[str, ...], path: str) -> dict[str, Any]:
        return _told(await client.get(path, headers=self._headers(role, units)))

    async def _send(
        self,
        client: httpx.AsyncClient,
        role: str,
        units: tuple[str, ...],
        path: str,
        sent: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> dict[str, Any]:
        return _told(await client.post(path, json=sent, headers={**self._headers(role, units), **(headers or {})}))

    def _headers(self, role: str, units: tuple[str, ...]) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token(role, units)}"}


def _duties(due_on: str) -> list[dict[str, Any]]:
    """Set a day for the backlog of old months; one town owes its last file of contacts since December 2014."""
    span = {"from_month": str(FIRST), "until_month": str(LAST)}
    usual = {
        (unit, dataset): {"unit": unit, "variables": list(DATASETS[dataset]), **span, "due_on": due_on}
        for unit, dataset in [
            *((town, dataset) for town in sorted(WEIGHTS) for dataset in ("leistungen", "kontakte")),
            (JOBCENTER, "personal"),
        ]
    }
    late = {**usual[LATE_TOWN, "kontakte"], "until_month": str(LAST.previous)}
    owed = {**late, "from_month": str(LAST), "until_month": str(LAST), "due_on": None, "working_day": 10}
    return [*(usual | {(LATE_TOWN, "kontakte"): late}).values(), owed]


def _told(answer: httpx.Response) -> dict[str, Any]:
    told: dict[str, Any] = _accepted(answer).json()
    return told


def _accepted(answer: httpx.Response) -> httpx.Response:
    if answer.is_error:
        raise DemonstrationFailed(f"{answer.request.method} {answer.request.url.path}: {answer.text[:500]}")
    return answer
