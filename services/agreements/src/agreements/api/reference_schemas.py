"""Reference values on the wire, as JSON and as CSV."""

from chassis.problems import CellOut, place_out
from chassis.wire import Told
from domain.codec import encode
from domain.corridor import Recollection, ReferenceValue
from domain.errors import Language
from domain.planning import PlanningRound
from pydantic import BaseModel

from agreements.api.forms import page_form, told_form
from agreements.usecases.planning_errors import SHOWN
from agreements.usecases.referencing import Uploaded

VALUE = told_form(ReferenceValue, ("trial", bool))
VALUE_PAGE = page_form(VALUE)
MEMORY_PAGE = page_form(told_form(Recollection))


class UploadOut(Told):
    """What an upload did: values by their fate, rows that were wrong, and the first of their wrong cells."""

    read: int
    created: int
    changed: int
    unchanged: int
    rejected: int
    found: int
    trial: bool
    errors: list[CellOut]


def uploaded_out(uploaded: Uploaded, language: Language) -> UploadOut:
    """Tell what an upload did."""
    errors = [CellOut.model_validate(place_out(fault, language)) for fault in uploaded.faults[:SHOWN]]
    return UploadOut(
        read=uploaded.read,
        created=uploaded.counts.created,
        changed=uploaded.counts.changed,
        unchanged=uploaded.counts.unchanged,
        rejected=uploaded.rejected,
        found=len(uploaded.faults),
        trial=uploaded.trial,
        errors=errors,
    )


def value_out(round: PlanningRound, value: ReferenceValue) -> BaseModel:
    """Tell a reference value; a trial round marks it."""
    form = encode(value)
    return VALUE.model_validate({**(form if isinstance(form, dict) else {}), "trial": round.trial})
