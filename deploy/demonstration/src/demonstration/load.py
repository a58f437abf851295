"""Loading the demonstration through the public interfaces, as the people and programs concerned would."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx

from demonstration import delivering, history, negotiating, registering, signing
from demonstration.acting import Addresses, Say, Stage, Token
from demonstration.units import DISTRICT, JOBCENTER

PERIOD = "2014-Q4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What there is to look at: files, and the round and the agreement that are being negotiated."""

    report: Path
    evidence: Path
    round: str
    agreement: str


class Loader:
    """Plays every scene that has not been played yet."""

    def __init__(self, addresses: Addresses, token: Token, folder: Path, say: Say) -> None:
        """Load to these addresses; keep files and reports below a folder."""
        self._addresses, self._token, self._folder, self._say = addresses, token, folder, say

    async def load(self, due_on: str) -> Shown:
        """Load everything that is not there yet; give what there is to look at."""
        pdf = self._folder / f"Quartalsbericht_{PERIOD}.pdf"
        async with httpx.AsyncClient(timeout=120) as client:
            stage = Stage(at=self._addresses, client=client, token=self._token, say=self._say)
            reports = f"{stage.at.reporting}/v1/reports"
            supervisor = stage.acting("supervisor", DISTRICT)
            if not await supervisor.items(reports):
                await registering.play(stage)
                await history.play(stage)
                _keep(self._folder, await signing.play(stage))
                await negotiating.play(stage)
                await delivering.play(stage, self._folder, due_on)
                sent = {"kind": "quarterly", "unit": JOBCENTER, "period": PERIOD}
                await stage.acting("controller", JOBCENTER).send(reports, sent)
            if not pdf.exists():
                report = (await supervisor.items(reports))[0]["id"]
                await self._documents(stage, f"{reports}/{report}/document", pdf)
            base = f"{stage.at.agreements}/v1"
            year = negotiating.YEAR
            planned = await supervisor.items(f"{base}/planning-rounds?year={year}")
            drafts = await supervisor.items(f"{base}/agreements?year={year}")
        evidence = self._folder / signing.EVIDENCE
        return Shown(report=pdf, evidence=evidence, round=planned[0]["id"], agreement=drafts[0]["id"])

    async def _documents(self, stage: Stage, url: str, pdf: Path) -> None:
        reader = stage.acting("reader", JOBCENTER)
        forms = ((pdf.with_suffix(".html"), "text/html"), (pdf, "application/pdf"))
        _keep(self._folder, {path.name: (await reader.get(url, form)).content for path, form in forms})


def _keep(folder: Path, contents: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
