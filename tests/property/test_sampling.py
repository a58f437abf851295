"""The draw holds for all populations: order does not matter, nobody is drawn twice, everybody has the same chance."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from domain.sampling import (
    MOST_REFERENCES,
    PopulationEmpty,
    PopulationRefused,
    PopulationTooLarge,
    checked,
    draw,
    population_digest,
)
from hypothesis import given
from hypothesis import strategies as st

SCRIPT = Path(__file__).parents[2] / "docs" / "redraw_sample.py"
texts = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
populations = st.lists(texts, min_size=1, max_size=40, unique=True)
sizes = st.integers(min_value=1, max_value=50)
seeds = st.none() | texts


@given(populations, sizes, seeds, st.randoms(use_true_random=False))
def test_the_order_in_which_references_are_sent_does_not_matter(
    population: list[str], size: int, seed: str | None, chance: object
) -> None:
    shuffled = list(population)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert draw(population, size, seed) == draw(shuffled, size, seed)


@given(populations, sizes, seeds)
def test_nobody_is_drawn_twice_and_a_small_population_is_drawn_whole(
    population: list[str], size: int, seed: str | None
) -> None:
    kept, sample = draw(population, size, seed)
    drawn = [*sample, *kept.reserve]
    assert len(set(drawn)) == len(drawn) == min(2 * size, len(population))
    assert set(drawn) <= set(population)
    assert len(sample) == min(size, len(population))
    assert size < len(population) or set(sample) == set(population)


@given(populations, sizes, seeds)
def test_a_smaller_sample_is_the_beginning_of_a_larger_one(population: list[str], size: int, seed: str | None) -> None:
    assert draw(population, size + 1, seed)[1][:size] == draw(population, size, seed)[1][:size]


@given(populations, texts)
def test_another_population_is_another_commitment(population: list[str], other: str) -> None:
    changed = {*population} ^ {other}
    assert population_digest(population) != population_digest(changed)


def test_without_a_seed_the_population_is_the_seed() -> None:
    kept, sample = draw(["a", "b", "c"], 2)
    assert kept.seed == kept.population_digest
    assert draw(["a", "b", "c"], 2, kept.population_digest)[1] == sample


def test_every_file_has_the_same_chance() -> None:
    population, size, rounds = [f"A-{number}" for number in range(50)], 10, 4_000
    counts = Counter(one for seed in range(rounds) for one in draw(population, size, f"seed {seed}")[1])
    expected = rounds * size / len(population)
    spread = sum((counts[one] - expected) ** 2 / expected for one in population) / (1 - size / len(population))
    assert spread < 100  # 49 degrees of freedom: chance exceeds 100 in two of 100,000 such trials


@given(populations, sizes, seeds)
def test_what_is_wrong_is_named_by_row(population: list[str], size: int, seed: str | None) -> None:
    rows = list(enumerate([*population, population[0], " "], start=2))
    with pytest.raises(PopulationRefused) as refused:
        checked(rows)
    codes = [(place.row, place.code) for place in refused.value.places()]
    assert codes == [(len(population) + 2, "duplicate"), (len(population) + 3, "blank")]
    assert "2" in refused.value.places()[0].detail.de
    assert draw(checked(rows[:-2]), size, seed) == draw(population, size, seed)


@pytest.mark.parametrize(
    ("reference", "code"), [("x" * 101, "too_long"), ("a\nb", "unprintable"), ("\ud800", "unprintable"), ("", "blank")]
)
def test_a_reference_is_short_and_can_be_printed(reference: str, code: str) -> None:
    with pytest.raises(PopulationRefused) as refused:
        checked([(2, "Müller-Straße 7"), (3, reference)])
    assert [(place.row, place.code) for place in refused.value.places()] == [(3, code)]


def test_a_population_is_neither_empty_nor_boundless() -> None:
    with pytest.raises(PopulationEmpty):
        checked([])
    with pytest.raises(PopulationTooLarge):
        checked([(number, str(number)) for number in range(MOST_REFERENCES + 1)])


@pytest.mark.parametrize("seed", [None, "2014-12-06: 3 14 22 27 38 45"])
def test_anyone_redraws_the_sample_with_the_standard_library(tmp_path: Path, seed: str | None) -> None:
    population = [f"BG-{number} Ä" for number in range(300)]
    saved = tmp_path / "references.txt"
    saved.write_text("\n".join(population), "utf-8")
    command = [sys.executable, "-S", str(SCRIPT), str(saved), "10", *([seed] if seed else [])]
    told = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout.splitlines()
    kept, sample = draw(population, 10, seed)
    assert told[:3] == [f"population_digest {kept.population_digest}", "population_size 300", f"seed {kept.seed}"]
    assert told[3:] == [f"{rank} {one}" for rank, one in enumerate(sample, start=1)]
