"""Where postal codes lie: by the wheel, by a table of the desk, by what begins alike, or not."""

from pathlib import Path

import pytest

from recalldesk.disposal.importing.postal_run import import_postal_codes
from recalldesk.disposal.models import PostalPlace, SiteFile
from recalldesk.disposal.postal_codes import Found, find_code
from recalldesk.disposal.towns import find_town
from recalldesk.foundation.problem import Problem
from tests.cast import Cast

pytestmark = pytest.mark.django_db
LONDON = "GB\tE1\tMadeup End\tEngland\tENG\t\t\t\t\t51.51\t-0.06\t4"
OTHER_LONDON = "GB\tE16\tMadeup Docks\tEngland\tENG\t\t\t\t\t51.51\t0.02\t4"
TORONTO = "CA\tM5V\tMadeup Town\tOntario\tON\t\t\t\t\t43.64\t-79.39\t6"
BERLIN = "DE\t10115\tMadeup Mitte\tBerlin\tBE\t\t00\t\t11000\t52.53\t13.38\t4"


def table(folder: Path, *lines: str) -> Path:
    """A table in the form of GeoNames."""
    path = folder / "codes.txt"
    path.write_text("\n".join(lines))
    return path


def place(found: Found | None) -> tuple[float, float, bool] | None:
    """Where it is, roughly, and whether that is only about so."""
    if found is None:
        return None
    return round(found.position.latitude, 1), round(found.position.longitude, 1), found.is_about


@pytest.mark.parametrize(
    ("text", "is_there"),
    [
        ("02139", (42.4, -71.1, False)),
        (" 02139-1234 ", (42.4, -71.1, False)),
        ("021391234", (42.4, -71.1, False)),
        ("0 2 1 3 9", (42.4, -71.1, False)),
        ("00604", (18.5, -67.1, False)),  # boxes at a post office
        ("02999", None),
        ("09001", None),  # forces abroad: it lies nowhere
        ("902", (34.0, -118.3, True)),
        ("9", None),
        ("021390", None),  # no ZIP code, and not the one that it begins like
        ("9" * 60, None),
        ("", None),
        ("Cambridge", None),
        ("٠٢١٣٩", None),
    ],
)
def test_the_codes_of_the_united_states_are_in_the_wheel(
    text: str, is_there: tuple[float, float, bool] | None
) -> None:
    found = place(find_code(text, "US"))
    if is_there and is_there[2]:
        assert found is not None
        assert found[2]
        assert found[0] == pytest.approx(is_there[0], abs=0.3)
    elif text == "02999":
        assert found is None or found[2]  # none is known, or others that begin alike
    else:
        assert found == is_there


def test_a_table_knows_the_codes_of_other_countries(cast: Cast, tmp_path: Path) -> None:
    assert find_code("10115", "DE") is None
    path = table(tmp_path, LONDON, OTHER_LONDON, TORONTO, BERLIN, "", BERLIN, "DE\t10117")
    taken = import_postal_codes(path=path, by=cast.approver)
    tally = taken.tally
    assert (taken.lines, tally.accepted, tally.duplicate, tally.blank) == (7, 4, 1, 1)
    assert [each.number for each in taken.rejects] == [7]
    assert place(find_code("10115", "DE")) == (52.5, 13.4, False)
    assert place(find_code("10 119", "DE")) == (52.5, 13.4, True)
    assert find_code("80331", "DE") is None
    assert place(find_code("m5v 3l9", "CA")) == (43.6, -79.4, True)
    assert place(find_code("E1 6AN", "GB")) == (51.5, -0.1, True)  # not E16
    assert place(find_code("E16 1AA", "GB")) == (51.5, 0.0, True)
    again = import_postal_codes(path=path, by=cast.approver)
    assert (again.is_known, again.number, again.tally.accepted) == (True, taken.number, 0)
    assert (PostalPlace.objects.count(), SiteFile.objects.count()) == (4, 1)


def test_a_code_of_places_on_both_sides_of_the_date_line_lies_between_them() -> None:
    PostalPlace.objects.create(country="FJ", code="1", place="a", latitude=-17, longitude=179)
    PostalPlace.objects.create(country="FJ", code="1", place="b", latitude=-17, longitude=-179)
    found = find_code("1", "FJ")
    assert found is not None
    assert abs(found.position.longitude) == pytest.approx(180)


def test_another_file_is_refused_in_words_and_a_look_keeps_nothing(
    cast: Cast, tmp_path: Path
) -> None:
    with pytest.raises(Problem, match="12 columns"):
        import_postal_codes(path=table(tmp_path, "name,zip", "a,b"), by=cast.approver)
    taken = import_postal_codes(path=table(tmp_path, BERLIN), by=cast.approver, only_look=True)
    assert (taken.tally.accepted, taken.number) == (1, None)
    assert not PostalPlace.objects.exists()


@pytest.mark.parametrize("text", ["St. Louis, MO", "st louis, mo", "Saint Louis, MO"])
def test_a_town_is_known_by_its_short_name(text: str) -> None:
    found = find_town(text, "US")
    assert found is not None
    assert found.position.latitude == pytest.approx(38.6, abs=0.2)
