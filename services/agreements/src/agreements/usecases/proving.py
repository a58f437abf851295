"""Evidence that proves itself: everything that was signed, by whom, and what verifies it without us."""

import json
from collections.abc import Mapping
from typing import Any

from chassis.caller import Caller
from chassis.canonical import canonical, sha256
from domain.agreement import Agreement, Status
from domain.codec import encode
from domain.evidence import Sealed
from domain.identity import AgreementId

from agreements.ports import Kept, Names, Ports, Work
from agreements.usecases.errors import NotSealedYet
from agreements.usecases.keeping import signed_bytes
from agreements.usecases.sight import seeing
from agreements.usecases.signing import seal_content
from agreements.usecases.tiers import known_tiers

FORMAT = "zielwerk/evidence/1"
SEALED = (Status.SIGNED, Status.IN_FORCE, Status.CLOSED, Status.AMENDED)
README = """# Nachweis einer Zielvereinbarung

Dieses Archiv beweist ohne Rückfrage beim Server, was vereinbart wurde, wer es unterzeichnet hat und dass
niemand es geändert hat.

    python verify_evidence.py evidence.zip

Das Prüfprogramm gehört zur Dokumentation von Zielwerk; es braucht Python und die Bibliothek joserfc.

- `agreement.json`: die kanonische Fassung (RFC 8785); ihr SHA-256 ist der Hashwert, den alle unterzeichnet haben
- `agreement.pdf`: dieselbe Fassung zum Lesen (PDF/A-3a, PDF/UA-1)
- `attachments/`: die Anlagen, deren Hashwerte in `agreement.json` stehen
- `signatures/`: je Partei eine abgetrennte Signatur (JWS, RFC 7515 Anhang F) über `agreement.json`,
  ihr Niveau und ihr Schlüssel
- `signed/`: außerhalb unterzeichnete PDF und Scans, auf die eine Unterschrift verweist
- `seal.json`: das Siegel über den Hashwert und alle Unterschriften
- `audit.json`: was das Protokoll über diese Vereinbarung festhält, mit Beweis bis zu einem gesiegelten Stand (RFC 9162)
- `keys.json`: die öffentlichen Schlüssel des Siegels; vergleichen Sie sie mit `/v1/keys`
  oder mit der Veröffentlichung der Behörde
- `MANIFEST.json`, `MANIFEST.jws`: die Hashwerte aller Dateien, gesiegelt
"""


async def document(ports: Ports, caller: Caller, id: AgreementId) -> tuple[Kept, bytes]:
    """Give the present revision as the PDF people read and may sign."""
    async with seeing(ports, caller) as work:
        agreement = await work.agreements.get(id)
        kept = await work.agreements.revision(id, agreement.revision.number)
        return kept, ports.document(kept, signed_bytes(id, kept), await _names(work, kept))


async def evidence(ports: Ports, caller: Caller, id: AgreementId) -> tuple[Kept, bytes]:
    """Give everything about a sealed revision in one archive that verifies offline."""
    async with seeing(ports, caller) as work:
        agreement = await work.agreements.get(id)
        kept = await work.agreements.revision(id, agreement.revision.number)
        seals = [seal for seal in await work.seals.of(id) if seal.revision == kept.revision.number]
        if agreement.status not in SEALED or not seals:
            raise NotSealedYet(agreement.status)
        content = signed_bytes(id, kept)
        files = {
            "README.md": README.encode(),
            "agreement.json": content,
            "agreement.pdf": ports.document(kept, content, await _names(work, kept)),
            "keys.json": _json(ports.seal.public_keys()),
            "seal.json": _json({"jws": seals[0].jws, "content": _seal(agreement, seals[0])}),
            **await _signatures(work, agreement),
            **await _attachments(work, kept),
        }
    files["audit.json"] = _json(await ports.proved(f"agreement:{id}"))
    return kept, ports.bundle(_with_manifest(ports, files))


async def _names(work: Work, kept: Kept) -> Names:
    """Name units as they were called when the agreement began, and its tier."""
    units, day = (await work.units.tree()).units, kept.revision.valid_from
    tier = (await known_tiers(work)).get(kept.revision.tier or "")
    return Names(units={code: unit.on(day).name for code, unit in units.items()}, tier=tier.name if tier else None)


def _with_manifest(ports: Ports, files: Mapping[str, bytes]) -> dict[str, bytes]:
    hashes = {name: sha256(content) for name, content in sorted(files.items())}
    manifest = canonical({"format": FORMAT, "files": hashes})
    jws = ports.seal.sign(manifest, {"content": FORMAT})
    return {**files, "MANIFEST.json": manifest, "MANIFEST.jws": jws.encode()}


async def _signatures(work: Work, agreement: Agreement) -> dict[str, bytes]:
    present = [s for s in agreement.signatures if s.revision == agreement.revision.number]
    files = {f"signatures/{signature.party}.json": _json(encode(signature)) for signature in present}
    for signature in present:
        if signature.evidence is not None:
            files[f"signed/{signature.evidence}"] = await work.contents.read(signature.evidence)
    return files


async def _attachments(work: Work, kept: Kept) -> dict[str, bytes]:
    return {f"attachments/{a.name}": await work.contents.read(a.sha256) for a in kept.revision.attachments}


def _seal(agreement: Agreement, seal: Sealed) -> Any:
    return json.loads(seal_content(agreement, seal.sealed_at))


def _json(value: Any) -> bytes:
    return json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True).encode()
