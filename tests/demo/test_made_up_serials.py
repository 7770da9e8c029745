"""Made-up serials are well formed, each only once, and the same for a seed."""

import gzip
import tracemalloc
from itertools import islice, pairwise
from pathlib import Path

import pytest

from recalldesk.demo.lists import A1263_UNITS, IN_BOTH_ANKER_RECALLS, form_of, made_up_lists
from recalldesk.demo.made_up_serials import (
    Numbering,
    TooManySerialsError,
    made_up_serials,
    write_serial_file,
)
from recalldesk.foundation.serial_form import SerialForm
from recalldesk.foundation.serial_pattern import expand
from recalldesk.recalls.recall_file import read_recall_file

EXAMPLES = Path(__file__).parents[2] / "examples"
ANKER = SerialForm(alphabet="0123456789ABCDEFGHJKLMNPQRSTUVWXYZ", shortest=16, longest=16)
BASEUS = SerialForm(
    alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    shortest=16,
    longest=16,
    shapes=expand(
        "BS30KP365######[0-9AD]",
        alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        shortest=16,
        longest=16,
    ),
)
LETTERS = SerialForm(alphabet="BCDFGH", shortest=9, longest=14)


@pytest.mark.parametrize(
    ("form", "numbering"),
    [
        *[(form, numbering) for form in (ANKER, LETTERS) for numbering in Numbering],
        (BASEUS, Numbering.RANDOM),
        (BASEUS, Numbering.SEQUENTIAL),
    ],
)
def test_each_is_well_formed_and_stands_only_once(form: SerialForm, numbering: Numbering) -> None:
    serials = list(made_up_serials(form, 20_000, seed=7, numbering=numbering))
    assert len(set(serials)) == 20_000
    assert all(form.is_well_formed(serial) for serial in serials)


@pytest.mark.parametrize("numbering", Numbering)
def test_a_seed_gives_the_same_serials_again_and_another_seed_others(numbering: Numbering) -> None:
    one, again, other = (
        list(made_up_serials(ANKER, 5_000, seed=seed, numbering=numbering)) for seed in (1, 1, 2)
    )
    assert one == again
    assert not set(one) & set(other)


def test_mixed_numbers_run_in_batches_with_small_gaps() -> None:
    serials = list(made_up_serials(ANKER, 20_000, seed=3, numbering=Numbering.MIXED))
    prefixes = {serial[:11] for serial in serials}
    assert 3 <= len(prefixes) <= 34
    assert len({serial[:5] for serial in serials}) == 1
    steps = [int(b[11:]) - int(a[11:]) for a, b in pairwise(serials) if a[:11] == b[:11]]
    assert 0.98 < steps.count(1) / len(steps) < 1
    assert 1 < max(steps) <= 10


def test_sequential_numbers_count_up_by_one() -> None:
    serials = list(made_up_serials(ANKER, 1_000, seed=3, numbering=Numbering.SEQUENTIAL))
    assert len({serial[:12] for serial in serials}) == 1
    assert serials == sorted(serials)


def test_a_form_with_room_for_one_counter_only_is_refused_batches() -> None:
    with pytest.raises(TooManySerialsError):
        next(made_up_serials(BASEUS, 20_000, seed=1, numbering=Numbering.MIXED))


@pytest.mark.parametrize("numbering", Numbering)
def test_a_form_without_room_is_refused(numbering: Numbering) -> None:
    small = SerialForm(alphabet="0123456789", shortest=4, longest=4)
    with pytest.raises(TooManySerialsError, match="no room"):
        list(made_up_serials(small, 9_000, seed=1, numbering=numbering))


def test_numbers_that_run_need_no_memory_of_their_own() -> None:
    tracemalloc.start()
    for _ in made_up_serials(ANKER, 200_000, seed=1, numbering=Numbering.MIXED):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


def test_a_file_has_the_same_bytes_each_time(tmp_path: Path) -> None:
    files = [tmp_path / "one.csv.gz", tmp_path / "another-name.csv.gz"]
    for file in files:
        serials = made_up_serials(ANKER, 1_000, seed=1, numbering=Numbering.MIXED)
        assert write_serial_file(file, serials) == 1_000
    assert files[0].read_bytes() == files[1].read_bytes()
    lines = gzip.decompress(files[0].read_bytes()).decode().splitlines()
    assert lines[0] == "serial"
    assert lines[1:] == list(made_up_serials(ANKER, 1_000, seed=1, numbering=Numbering.MIXED))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["another-name.csv.gz", "one.csv.gz"]


def test_the_lists_of_the_demo_have_the_units_that_their_examples_state() -> None:
    filled = {(entry.example, entry.name): entry.count for entry in made_up_lists()}
    for example in {name for name, _ in filled}:
        text = (EXAMPLES / example / "recall.toml").read_text(encoding="utf-8")
        for listed in read_recall_file(text).scope.lists:
            assert filled[(example, listed.name)] == listed.units


def test_the_demo_can_be_made_smaller() -> None:
    assert made_up_lists()[0].count == A1263_UNITS
    assert made_up_lists(5_000)[0].count == 5_000
    with pytest.raises(ValueError, match="Ask for 1 to"):
        made_up_lists(0)


def test_a_smaller_list_is_the_beginning_of_the_larger_one() -> None:
    small, large = made_up_lists(1_000)[0], made_up_lists()[0]
    form = form_of(small, EXAMPLES)
    assert list(small.serials(form)) == list(islice(large.serials(form), 1_000))


def test_all_soundcore_serials_made_begin_with_the_recalled_ones() -> None:
    recalled, made = (entry for entry in made_up_lists() if entry.example.startswith("soundcore"))
    form = form_of(made, EXAMPLES)
    every = list(made.serials(form))
    assert every[: recalled.count] == list(recalled.serials(form))
    assert len(every) == len(set(every)) == 2 * recalled.count


def test_a_few_units_stand_in_both_anker_recalls_and_no_others() -> None:
    earlier, later = made_up_lists()[-2:]
    form = form_of(later, EXAMPLES)
    both = set(earlier.serials(form)) & set(later.serials(form))
    assert len(both) == IN_BOTH_ANKER_RECALLS
