"""Case-management programs deliver their months; then every goal is judged."""

import asyncio
from pathlib import Path
from typing import Any

from demonstration.acting import DemonstrationFailed, Stage
from demonstration.figures import FIRST, LAST, WEIGHTS
from demonstration.files import DATASETS, LATE_TOWN, MonthlyFile, keep, monthly_files
from demonstration.units import DISTRICT, JOBCENTER

AT_ONCE = 4
OPEN = ("received", "processing")
PATIENCE = 180


async def play(stage: Stage, folder: Path, due_on: str) -> None:
    """Deliver all files, keep them below a folder, and wait until the last month is judged."""
    duties = {"duties": list(_duties(due_on))}
    await stage.acting("operator").send(f"{stage.at.indicators}/v1/delivery-schedule", duties)
    files = list(monthly_files())
    keep(folder / "files", files)
    await _deliver(stage, files)
    await _judged(stage)


async def _deliver(stage: Stage, files: list[MonthlyFile]) -> None:
    done, gate = 0, asyncio.Semaphore(AT_ONCE)

    async def deliver(file: MonthlyFile) -> None:
        nonlocal done
        async with gate:
            await _upload(stage, file)
        done += 1
        if done % 50 == 0 or done == len(files):
            stage.say(f"deliveries: {done} of {len(files)} files with generated figures")

    try:
        async with asyncio.TaskGroup() as group:
            for file in files:
                group.create_task(deliver(file))
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from failed


async def _upload(stage: Stage, file: MonthlyFile) -> None:
    uploader, deliveries = stage.acting("uploader", file.unit), f"{stage.at.indicators}/v1/deliveries"
    told = await uploader.upload(deliveries, file.content)
    for _ in range(PATIENCE):
        if told["status"] not in OPEN:
            break
        await asyncio.sleep(1)
        told = await uploader.ask(f"{deliveries}/{told['id']}")
    if told["status"] != "accepted":
        raise DemonstrationFailed(f"{file.name}: {told['status']} {told['counts']}")


async def _judged(stage: Stage) -> None:
    """Wait until the last month is judged and nothing changes any more."""
    seen, quiet, supervisor = "", 0, stage.acting("supervisor", DISTRICT)
    for _ in range(PATIENCE):
        items = await supervisor.items(f"{stage.at.reporting}/v1/attainment?unit={JOBCENTER}&limit=1000")
        last = {item["goal"]: item for item in items if item["month"] == str(LAST)}
        ready = all(last.get(goal, {}).get("actual") for goal in ("integration", "long_term_recipients", "staffing"))
        newest = max((item["judged_at"] for item in items), default="")
        quiet = quiet + 1 if ready and newest == seen else 0
        seen = newest
        if quiet > 1:
            stage.say(f"attainment: {len(items)} goals judged for {LAST}")
            return
        await asyncio.sleep(1)
    raise DemonstrationFailed("the attainment of the last month did not appear")


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
