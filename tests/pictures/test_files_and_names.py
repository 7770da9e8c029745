"""Which file stands for which name of the recall file: as a rule, and by its property."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recalldesk.pictures.naming import is_second, matched, nearest

WORDS = ("a.jpg", "A.jpg", "A.JPG", "b.png", "B.png", "c.webp", "d.heic")
NAMES = st.lists(st.sampled_from(WORDS), max_size=6)


def test_a_camera_writes_in_capitals() -> None:
    assert matched(["k20-front.jpg"], ["K20-FRONT.JPG"]) == ("k20-front.jpg",)


def test_of_two_the_one_that_is_written_alike_goes_first() -> None:
    assert matched(["k20.jpg"], ["K20.JPG", "k20.jpg"]) == (None, "k20.jpg")
    assert is_second("K20.JPG", ["k20.jpg"])
    assert not is_second("k21.jpg", ["k20.jpg"])


def test_a_name_that_was_perhaps_meant_is_said() -> None:
    assert nearest("k20-frnt.jpg", ["k20-front.jpg", "k20-label.jpg"]) == "k20-front.jpg"
    assert nearest("holiday.jpg", ["k20-front.jpg"]) == ""


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(named=NAMES.map(lambda names: list(dict.fromkeys(names))), files=NAMES)
def test_nothing_stands_for_two_things(named: list[str], files: list[str]) -> None:
    found = matched(named, files)
    assert len(found) == len(files)
    meant = [name for name in found if name is not None]
    assert len(meant) == len(set(meant))
    assert set(meant) <= set(named)
    for name, stands_for in zip(files, found, strict=True):
        assert stands_for is None or stands_for.casefold() == name.casefold()
        if name in named:
            assert name in meant
        if stands_for is None:
            assert is_second(name, named) == (name.casefold() in {n.casefold() for n in named})
