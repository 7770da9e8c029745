"""What changed between two versions of a notice is told in its own words, and nothing besides."""

from recalldesk.notices.changes import Change, changes_between
from recalldesk.notices.writing import notice_of
from tests.notice.examples import kettle


def changes(*words: tuple[str, str], language: str = "en") -> tuple[Change, ...]:
    before, after = kettle(), kettle(*words, number=2)
    return changes_between(notice_of(before, language), notice_of(after, language))


def test_the_same_words_are_no_change() -> None:
    assert changes() == ()


def test_units_that_grow_are_told_with_their_country() -> None:
    levels = "levels = { manufacturer = 50, distributor = 0, retailer = 150, consumer = 1000 }\n"
    grown = changes(("units = 1200", "units = 1500"), (levels, ""))
    assert Change("Units, United States", "about 1,200", "about 1,500") in grown


def test_it_is_told_in_the_language_of_the_reader() -> None:
    (change,) = changes(("until = 2025-02-28", "until = 2025-03-31"), language="es")
    assert change.label.endswith("vendido")
    assert change.after.endswith("31 de marzo de 2025")
    assert change.before.endswith("28 de febrero de 2025")


def test_what_was_added_has_nothing_before_and_what_was_left_out_nothing_after() -> None:
    number = 'recall_number = ""'
    (added,) = changes((number, 'recall_number = "25-001"'))
    assert (added.label, added.before, added.after) == ("Recall number", "", "25-001")
    back = changes_between(
        notice_of(kettle((number, 'recall_number = "25-001"')), "en"), notice_of(kettle(), "en")
    )
    assert [(change.before, change.after) for change in back] == [("25-001", "")]


def test_what_the_desk_alone_goes_by_is_not_told() -> None:
    assert changes(("copy_within = 10", "copy_within = 9"), ("network = 3", "network = 4")) == ()
    assert changes(('sender = "', 'sender = "x')) == ()
