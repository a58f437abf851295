"""Laws of units over time: whatever registers follow each other, each can be read again as it was."""

from datetime import date, timedelta

from domain.identity import UnitCode
from domain.unit import Unit, UnitKind, Units
from domain.unit_payload import payload_of, units_from
from domain.unit_register import state_of
from hypothesis import given
from hypothesis import strategies as st

KINDS = (UnitKind.JOBCENTER_JOINT, UnitKind.JOBCENTER_MUNICIPAL)
FIRST = date(2021, 1, 1)
CODES = ("a", "b", "c", "d")
ENTRIES = st.dictionaries(
    st.sampled_from(CODES), st.tuples(st.sampled_from(["Nord", "Süd"]), st.sampled_from(KINDS)), min_size=1
)
Register = dict[str, tuple[str, UnitKind]]


def listed(register: Register) -> list[Unit]:
    return [Unit(code=UnitCode(code), name=name, kind=kind) for code, (name, kind) in register.items()]


@st.composite
def histories(draw: st.DrawFn) -> list[Register]:
    """Draw registers in which nobody who has gone comes back."""
    found: list[Register] = [draw(ENTRIES)]
    gone: set[str] = set()
    for _ in range(draw(st.integers(0, 3))):
        following = draw(ENTRIES)
        gone |= found[-1].keys() - following.keys()
        found.append({code: entry for code, entry in following.items() if code not in gone})
    return found


@given(registers=histories())
def test_each_register_is_read_back_as_of_its_day_and_loads_again_without_a_change(registers: list[Register]) -> None:
    days = [FIRST + timedelta(days=365 * number) for number in range(len(registers))]
    tree = Units.of([], [])
    for day, register in zip(days, registers, strict=True):
        state = state_of(tree, listed(register), KINDS, day)
        tree = Units.of({**tree.units, **{unit.code: unit for unit in state.units}}.values(), [])
    for day, register in zip(days, registers, strict=True):
        then = tree.as_of(day).units
        assert {code: (unit.name, unit.kind) for code, unit in then.items()} == register
        assert state_of(tree, listed(register), KINDS, day).units == ()
    assert units_from(payload_of(tree)).units == tree.units
