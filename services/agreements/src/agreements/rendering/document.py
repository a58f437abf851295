"""A revision as PDF/A-3a and PDF/UA-1, its canonical form embedded: the same bytes every time."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import typst
from domain.agreement import Revision
from domain.attachment import AttachmentKind
from domain.goal import Goal

from agreements.ports import Kept, Names
from agreements.rendering.german import KINDS, ROLES, SCOPES, asked, day, facts

UNPRINTABLE = re.compile("[^\u0009-\u052f\u1e00-\u1fff\u2010-\u22ff\u25a0-\u25ff]")
"""What the bundled fonts cannot show; PDF/UA forbids a glyph that is not there, so a question mark stands for it."""
TEMPLATE = (Path(__file__).parent / "templates" / "agreement.typ").read_bytes()
ATTACHED = {
    AttachmentKind.ACCOMPANYING_LETTER: "Anschreiben",
    AttachmentKind.STATEMENT: "Stellungnahme",
    AttachmentKind.ANNEX: "Anlage",
    AttachmentKind.SUPPORT_OVERVIEW: "Übersicht der Unterstützung",
    AttachmentKind.SIGNED_DOCUMENT: "unterzeichnetes Dokument",
    AttachmentKind.PAPER_SCAN: "Scan",
    AttachmentKind.EVIDENCE: "Nachweis",
}


def document_of(kept: Kept, content: bytes, names: Names) -> bytes:
    """Typeset a revision with the names of units and tiers; `content`, its canonical form, is embedded."""
    revision = kept.revision
    data = UNPRINTABLE.sub("?", json.dumps(_page(revision, kept.digest, names), ensure_ascii=False))
    return typst.compile(
        TEMPLATE,
        sys_inputs={"data": data, "content": content.decode()},
        ignore_system_fonts=True,
        pdf_standards=["a-3a", "ua-1"],
        timestamp=datetime.combine(revision.valid_from, time(), UTC),
    )


def _page(revision: Revision, digest: str, names: Names) -> dict[str, Any]:
    parties = [
        {
            "unit": names.units.get(party.unit, party.unit),
            "role": ROLES[party.role],
            "scope": SCOPES[party.scope],
            "office": party.signs_as,
            "binds": party.binds,
        }
        for party in revision.parties
    ]
    bases = [
        ("Rechtsgrundlage", revision.legal_basis),
        ("Planungsgrundlage", revision.planning_basis),
        ("Ebene", names.tier or revision.tier),
        ("Besprechungen", revision.meetings),
        ("Standards", ", ".join(f"{s.code} ({s.edition})" for s in revision.standards)),
        ("Hinweis", revision.note),
    ]
    return {
        "title": revision.title,
        "year": str(revision.year),
        "number": revision.number,
        "term": f"{day(revision.valid_from)} bis {day(revision.valid_until - timedelta(days=1))}",
        "created": revision.valid_from.isoformat(),
        "trial": revision.trial,
        "digest": digest,
        "parties": parties,
        "signers": [party for party in parties if party["binds"]],
        "bases": [(name, text) for name, text in bases if text],
        "goals": [goal.code for goal in revision.goals],
        "sections": _sections(revision.goals, names.units),
        "attachments": [{"name": a.name, "kind": ATTACHED[a.kind], "sha256": a.sha256} for a in revision.attachments],
    }


def _sections(goals: tuple[Goal, ...], names: Mapping[str, str]) -> list[dict[str, Any]]:
    sections: dict[str, list[dict[str, Any]]] = {}
    for goal in goals:
        told = {
            "code": goal.code,
            "title": goal.title or goal.code,
            "kind": KINDS[goal.kind],
            "asked": asked(goal),
            "facts": facts(goal, names),
        }
        sections.setdefault(goal.section or "", []).append(told)
    return [{"name": name, "goals": members} for name, members in sections.items()]
