"""Attestations and objections as rows."""

from domain.attestation import Attestation
from domain.objection import Objection
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.persistence import tables as t
from indicators.persistence.documents import StoredDocuments
from indicators.usecases.attesting_errors import AlreadyAttested, UnknownAttestation
from indicators.usecases.objecting_errors import AlreadyContested, UnknownObjection


def attestations(connection: AsyncConnection) -> StoredDocuments[Attestation]:
    """Give the attestations on a connection."""
    return StoredDocuments(connection, t.attestations, Attestation, unknown=UnknownAttestation, taken=already_attested)


def objections(connection: AsyncConnection) -> StoredDocuments[Objection]:
    """Give the objections on a connection."""
    return StoredDocuments(connection, t.objections, Objection, unknown=UnknownObjection, taken=already_contested)


def already_attested(attestation: Attestation) -> AlreadyAttested:
    """Say that somebody stands for the month."""
    return AlreadyAttested(unit=attestation.unit, month=str(attestation.month))


def already_contested(objection: Objection) -> AlreadyContested:
    """Say that the reading is contested."""
    return AlreadyContested(
        unit=objection.unit, indicator=objection.indicator, view=objection.view, month=str(objection.month)
    )
