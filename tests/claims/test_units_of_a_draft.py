"""Which units a draft is about: each once, with its own photos and its own code."""

import pytest

from recalldesk.claims.completeness import MOST_UNITS, Step
from recalldesk.claims.drafting import give_units
from recalldesk.claims.errors import FieldProblem, FieldsRefused, TooManyUnits
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.reads import SeenUnit, seen_filing
from recalldesk.claims.states import UnitReading
from recalldesk.evidence.reads import photos_of
from recalldesk.evidence.states import PhotoKind, PhotoState
from tests.cast import AFFECTED, LOOK_ALIKE, SERIALS
from tests.claims.owner import OLGA, again, claim_of, sends

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
FIRST, SECOND, THIRD = SERIALS[:3]


def units_of(filing: Filing) -> tuple[SeenUnit, ...]:
    return seen_filing(again(filing)).units


def with_photos(*serials: str) -> Filing:
    filing = OLGA.opens(serials[0])
    give_units(filing_id=filing.pk, serials=serials)
    for claim in filing.claims.all():
        sends(claim, PhotoKind.LABEL)
    return filing


def by_serial(filing: Filing) -> dict[str, tuple[str, list[int]]]:
    """Each unit's code and photos."""
    return {
        unit.serial: (unit.marking_code, [photo.pk for photo in unit.photos])
        for unit in units_of(filing)
    }


def test_several_units_are_one_filing() -> None:
    filing = with_photos(FIRST, SECOND, THIRD)
    assert [unit.serial for unit in units_of(filing)] == [FIRST, SECOND, THIRD]
    assert len({unit.marking_code for unit in units_of(filing)}) == 3


def test_one_unit_typed_in_two_ways_is_one() -> None:
    filing = OLGA.opens(FIRST)
    give_units(filing_id=filing.pk, serials=[FIRST, f" {FIRST[:4]}-{FIRST[4:].lower()} "])
    assert [unit.serial for unit in units_of(filing)] == [FIRST]


def test_a_unit_that_stays_keeps_its_photos_and_its_code_when_another_goes() -> None:
    filing = with_photos(FIRST, SECOND)
    before = by_serial(filing)
    give_units(filing_id=filing.pk, serials=[SECOND])
    assert by_serial(filing) == {SECOND: before[SECOND]}


def test_units_in_another_order_keep_their_photos() -> None:
    filing = with_photos(FIRST, SECOND)
    before = by_serial(filing)
    give_units(filing_id=filing.pk, serials=[SECOND, THIRD, FIRST])
    after = by_serial(filing)
    assert {serial: after[serial] for serial in before} == before
    assert after[THIRD][1] == []


def test_a_corrected_serial_keeps_the_photos_of_its_unit() -> None:
    filing = with_photos(LOOK_ALIKE, SECOND)
    ((code, photos), second) = by_serial(filing).values()
    give_units(filing_id=filing.pk, serials=[AFFECTED, SECOND])
    assert by_serial(filing) == {AFFECTED: (code, photos), SECOND: second}


def test_a_unit_whose_serial_could_be_read_after_all_keeps_its_photos() -> None:
    filing = OLGA.opens("", reading=UnitReading.UNREADABLE)
    photo = sends(claim_of(filing), PhotoKind.LABEL)
    give_units(filing_id=filing.pk, serials=[FIRST])
    (unit,) = units_of(filing)
    assert (unit.reading, [each.pk for each in unit.photos]) == (UnitReading.SERIAL, [photo.pk])


def test_a_unit_taken_out_leaves_no_photo() -> None:
    filing = with_photos(FIRST, SECOND)
    evidence = claim_of(filing, 2).evidence
    for _ in range(2):
        give_units(filing_id=filing.pk, serials=[FIRST])
    assert [unit.serial for unit in units_of(filing)] == [FIRST]
    assert photos_of(evidence) == []
    assert {photo.state for photo in evidence.photos.all()} == {PhotoState.REMOVED}


def test_the_serial_of_a_unit_that_is_gone_is_kept_and_no_photo_of_it_is_asked() -> None:
    filing = OLGA.opens(FIRST)
    give_units(filing_id=filing.pk, serials=[FIRST], reading=UnitReading.GONE)
    (unit,) = units_of(filing)
    assert (unit.serial, unit.reading, unit.found) == (FIRST, UnitReading.GONE, "affected")
    assert Step.PHOTOS not in seen_filing(again(filing)).steps


def test_a_serial_makes_readable_what_was_said_to_be_none() -> None:
    filing = OLGA.opens(FIRST)
    give_units(filing_id=filing.pk, serials=[FIRST], reading=UnitReading.UNREADABLE)
    assert units_of(filing)[0].reading == UnitReading.SERIAL


def test_nothing_at_all_is_no_unit() -> None:
    filing = OLGA.opens(FIRST)
    with pytest.raises(FieldsRefused) as refused:
        give_units(filing_id=filing.pk, serials=[" ", ""])
    assert refused.value.fields == {"serial": FieldProblem.MISSING}
    assert [unit.serial for unit in units_of(filing)] == [FIRST]


def test_too_many_are_refused_and_nothing_changes() -> None:
    filing = OLGA.opens(FIRST)
    with pytest.raises(TooManyUnits):
        give_units(filing_id=filing.pk, serials=[f"TW24{n:06d}" for n in range(MOST_UNITS + 1)])
    assert [unit.serial for unit in units_of(filing)] == [FIRST]


def test_a_product_and_a_variant_that_the_recall_does_not_know_are_not_kept() -> None:
    filing = OLGA.opens(FIRST)
    give_units(filing_id=filing.pk, serials=[FIRST], product="x" * 99, variant="y" * 99)
    (unit,) = units_of(filing)
    assert (unit.product, unit.variant) == ("k20", "")


def test_the_only_product_whose_serials_look_so_is_meant() -> None:
    assert units_of(OLGA.opens(FIRST))[0].product == "k20"


@pytest.mark.parametrize("typed", ["---", "\u200b", " - "])
def test_what_names_no_unit_finds_none_again(typed: str) -> None:
    filing = OLGA.opens(FIRST)
    give_units(filing_id=filing.pk, serials=[typed])
    assert bytes(claim_of(filing).unit_digest) == b""


@pytest.mark.parametrize("typed", ["\x00" * 3, "𝕋𝕎24013337", "'; --", "x" * 100_000, "ß" * 300])
def test_whatever_is_typed_is_kept(typed: str) -> None:
    filing = OLGA.opens(typed)
    assert units_of(filing)[0].serial == typed.strip()[:200]


def test_the_same_unit_is_found_however_it_is_typed() -> None:
    ways = [FIRST, FIRST.lower(), f"{FIRST[:2]} {FIRST[2:6]}-{FIRST[6:]}", f" {FIRST}\u200b"]
    filings = [OLGA.opens(way) for way in ways]
    digests = Claim.objects.filter(filing__in=filings).values_list("unit_digest", flat=True)
    assert len({bytes(digest) for digest in digests}) == 1
