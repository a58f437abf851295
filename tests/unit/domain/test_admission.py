"""What a sender may deliver: units that exist and are the sender's, months that have begun and are open."""

from datetime import date

import pytest
from domain.admission import EARLIEST, Admission
from domain.gate import ClosedMonth, Gates, LatePermit, Responsibility
from domain.identity import UnitCode, VariableCode
from domain.intake import FindingCode
from domain.period import Month
from domain.unit import Unit, UnitKind, Units

OWN, OTHER, BRIEF = UnitCode("own"), UnitCode("other"), UnitCode("brief")
MAY, JUNE, JULY = Month(2014, 5), Month(2014, 6), Month(2014, 7)
STOCK, FLOW = VariableCode("elb_stock"), VariableCode("elb_inflow")
UNITS = Units.of(
    [
        Unit(code=OWN, name="own", kind=UnitKind.CITY),
        Unit(code=OTHER, name="other", kind=UnitKind.CITY),
        Unit(
            code=BRIEF,
            name="brief",
            kind=UnitKind.CITY,
            valid_from=date(2014, 5, 10),
            valid_until=date(2014, 6, 1),
        ),
    ],
    [],
)


def admission(gates: Gates | None = None, day: date = date(2014, 7, 1)) -> Admission:
    return Admission(units=UNITS, allowed=frozenset({OWN, BRIEF}), today=day, sender="office", gates=gates or Gates())


@pytest.mark.parametrize(
    ("unit", "month", "faults"),
    [
        (OWN, JULY, []),
        (BRIEF, MAY, []),
        (BRIEF, MAY.previous, [("unit", FindingCode.UNIT_NOT_VALID)]),
        (BRIEF, JUNE, [("unit", FindingCode.UNIT_NOT_VALID)]),
        (OTHER, MAY, [("unit", FindingCode.NOT_YOUR_UNIT)]),
        ("nowhere", MAY, [("unit", FindingCode.UNKNOWN_UNIT)]),
        (OWN, None, [("month", FindingCode.BAD_MONTH)]),
        (OWN, EARLIEST, []),
        (OWN, EARLIEST.previous, [("month", FindingCode.BAD_MONTH)]),
        (OWN, JULY.next, [("month", FindingCode.FUTURE_MONTH)]),
        (OTHER, JULY.next, [("unit", FindingCode.NOT_YOUR_UNIT), ("month", FindingCode.FUTURE_MONTH)]),
    ],
)
def test_unit_and_month_are_judged_each_by_itself(
    unit: str, month: Month | None, faults: list[tuple[str, FindingCode]]
) -> None:
    assert list(admission().faults(unit, month)) == faults


def test_a_closed_month_takes_files_by_a_permit_until_its_day() -> None:
    closed = frozenset({(ClosedMonth(unit=OWN, month=MAY).unit, MAY)})
    permit = LatePermit(unit=OWN, month=MAY, sender="office", until=date(2014, 7, 2), reason="late")
    assert admission(Gates(closed=closed)).kept_out(OWN, MAY, [STOCK]) is FindingCode.MONTH_CLOSED
    assert admission(Gates(closed=closed)).kept_out(OWN, JUNE, [STOCK]) is None
    late = Gates(closed=closed, permits=(permit,))
    assert admission(late).kept_out(OWN, MAY, [STOCK]) is None
    assert admission(late, date(2014, 7, 3)).kept_out(OWN, MAY, [STOCK]) is FindingCode.MONTH_CLOSED


def test_whoever_is_not_responsible_for_one_of_the_figures_delivers_none_of_them() -> None:
    named = Responsibility(unit=OWN, sender="somebody", variable=FLOW, first=MAY)
    held = admission(Gates(responsibilities=(named,)))
    assert held.kept_out(OWN, MAY, [STOCK]) is None
    assert held.kept_out(OWN, MAY, [STOCK, FLOW]) is FindingCode.NOT_RESPONSIBLE
