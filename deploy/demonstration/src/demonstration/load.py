"""Loading the demonstration through the public interfaces, as the people and programs concerned would."""

from pathlib import Path

import httpx

from demonstration import delivering, registering, signing
from demonstration.acting import Addresses, Say, Stage, Token
from demonstration.units import DISTRICT, JOBCENTER

PERIOD = "2014-Q4"


class Loader:
    """Plays every scene that has not been played yet."""

    def __init__(self, addresses: Addresses, token: Token, folder: Path, say: Say) -> None:
        """Load to these addresses; keep files and reports below a folder."""
        self._addresses, self._token, self._folder, self._say = addresses, token, folder, say

    async def load(self, due_on: str) -> Path:
        """Load everything that is not there yet; give the path of the finished report."""
        pdf = self._folder / f"Quartalsbericht_{PERIOD}.pdf"
        async with httpx.AsyncClient(timeout=120) as client:
            stage = Stage(at=self._addresses, client=client, token=self._token, say=self._say)
            reports = f"{stage.at.reporting}/v1/reports"
            supervisor = stage.acting("supervisor", DISTRICT)
            if not await supervisor.items(reports):
                await registering.play(stage)
                await signing.play(stage)
                await delivering.play(stage, self._folder, due_on)
                sent = {"kind": "quarterly", "unit": JOBCENTER, "period": PERIOD}
                await stage.acting("controller", JOBCENTER).send(reports, sent)
            if not pdf.exists():
                report = (await supervisor.items(reports))[0]["id"]
                await self._documents(stage, f"{reports}/{report}/document", pdf)
        return pdf

    async def _documents(self, stage: Stage, url: str, pdf: Path) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        reader = stage.acting("reader", JOBCENTER)
        for form, target in (("text/html", pdf.with_suffix(".html")), ("application/pdf", pdf)):
            target.write_bytes((await reader.get(url, form)).content)
