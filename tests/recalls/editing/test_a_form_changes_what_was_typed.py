"""A section's form changes what was typed, and not a character besides."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recalldesk.recalls.differences import differences
from recalldesk.recalls.editing.entries import done, path_of
from recalldesk.recalls.editing.sections import BY_NAME, SECTIONS, Section
from recalldesk.recalls.editing.shape import is_headed
from recalldesk.recalls.editing.splicing import edited
from recalldesk.recalls.editing.typed import plain_lines
from recalldesk.recalls.recall_file import read_recall_file
from recalldesk.recalls.starting import empty_text
from tests.recalls.editing.files import EXAMPLES, TEXTS, comments, saved, tables
from tests.recalls.editing.forms import buttons_towards, form_of

TEMPLATE = TEXTS["the template"]
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1).filter(
    lambda text: text == text.strip()
)


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> dict[tuple[str | int, ...], Any]:
    """Every single value of a file by its path."""
    if isinstance(value, dict | list):
        inner = value.items() if isinstance(value, dict) else enumerate(value)
        return {at: each for step, one in inner for at, each in leaves(one, (*path, step)).items()}
    return {path: value}


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["unix", "windows"])
def test_a_form_that_is_sent_back_as_it_was_changes_nothing(
    name: str, section: Section, ends: str
) -> None:
    text = TEXTS[name].replace("\n", ends)
    assert saved(text, section, form_of(section, tables(text))) == text


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_a_changed_field_changes_just_itself(drawn: st.DataObject) -> None:
    text = TEXTS[drawn.draw(st.sampled_from(sorted(EXAMPLES)))]
    section = drawn.draw(st.sampled_from(SECTIONS))
    form = form_of(section, tables(text))
    typed = [n for n in form if not n.endswith((".@", "@name")) and form[n][0].strip()]
    name = drawn.draw(st.sampled_from(typed))
    form[name] = [drawn.draw(WORDS)]
    after = saved(text, section, form)
    before, now = leaves(tables(text)), leaves(tables(after))
    differing = {path for path in before | now if before.get(path) != now.get(path)}
    typed_at = path_of(name.partition(".@")[0].removeprefix("f."), tables(text))
    assert all(path[: len(typed_at)] == typed_at for path in differing)
    assert comments(after) == comments(text)


def test_a_field_of_a_valid_file_is_the_one_difference() -> None:
    section = BY_NAME["firm"]
    form = form_of(section, tables(TEMPLATE)) | {"f.firm.name": ["Tidewater Kitchens"]}
    after = saved(TEMPLATE, section, form)
    changes = differences(read_recall_file(TEMPLATE), read_recall_file(after))
    assert [change.path for change in changes] == ["firm.name"]
    assert after == TEMPLATE.replace(
        'name = "Tidewater Kitchen"\n', 'name = "Tidewater Kitchens"\n'
    )


def test_a_field_that_is_emptied_leaves_its_comment() -> None:
    section = BY_NAME["recall"]
    form = form_of(section, tables(TEMPLATE)) | {"f.announced": [""]}
    after = saved(TEMPLATE, section, form)
    assert "announced" not in tables(after)
    assert "# leave the line out until you know it\n" in after


def test_what_cannot_be_read_as_it_should_is_kept_as_it_was_typed() -> None:
    section = BY_NAME["recall"]
    form = form_of(section, tables(TEMPLATE)) | {"f.announced": ["next week"]}
    after = saved(TEMPLATE, section, form)
    assert tables(after)["announced"] == "next week"
    shown = form_of(section, tables(after))
    assert shown["f.announced"] == ["next week"]
    assert saved(after, section, shown | {"f.announced": ["2025-03-03"]}) == TEMPLATE


@pytest.mark.parametrize(
    ("typed", "units"), [("1,158,000", 1_158_000), ("1158000", 1_158_000), ("many", "many")]
)
def test_a_number_may_be_typed_as_people_write_it(typed: str, units: object) -> None:
    section = BY_NAME["countries"]
    form = form_of(section, tables(TEMPLATE)) | {"f.jurisdictions.0.units": [typed]}
    assert tables(saved(TEMPLATE, section, form))["jurisdictions"][0]["units"] == units


@settings(deadline=None)
@given(WORDS.map(plain_lines) | st.just('a "quoted" \\ text\nof two lines'))
def test_any_text_stands_in_the_file_as_it_was_typed(words: str) -> None:
    section = BY_NAME["words"]
    form = form_of(section, tables(TEMPLATE)) | {"f.texts.summary.en": [words]}
    assert tables(saved(TEMPLATE, section, form))["texts"]["summary"]["en"] == words.strip()


@pytest.mark.parametrize("name", [*EXAMPLES, "the template"])
def test_a_whole_recall_is_written_by_forms_from_nothing(name: str) -> None:
    wanted = tables(TEXTS[name])
    text = empty_text(wanted["recall"], wanted["languages"])
    for section in SECTIONS:
        while button := buttons_towards(section, tables(text), wanted):
            after, place = done(tables(text), button)
            assert place
            text = edited(text, after, is_headed)
        text = saved(text, section, form_of(section, wanted))
    assert differences(read_recall_file(TEXTS[name]), read_recall_file(text)) == ()


def test_a_short_name_is_made_where_it_is_left_empty() -> None:
    section = BY_NAME["products"]
    after, place = done(tables(TEMPLATE), "add products")
    text = edited(TEMPLATE, after, is_headed)
    form = form_of(section, tables(text)) | {f"f.{place}.model": ["Kettle Nº 30 (grande)"]}
    assert tables(saved(text, section, form))["products"][1]["key"] == "kettle-no-30-grande"


def test_nobody_injured_is_another_thing_than_nothing_said() -> None:
    section = BY_NAME["danger"]
    form = form_of(section, tables(TEMPLATE))
    nothing = {name: each for name, each in form.items() if name != "f.incidents.injured"}
    assert "injured" not in tables(saved(TEMPLATE, section, nothing))["incidents"]
    nobody = form | {"f.incidents.injured": ["-"]}
    assert tables(saved(TEMPLATE, section, nobody))["incidents"]["injured"] == []


def test_a_figure_gets_another_name_and_never_that_of_another() -> None:
    section = BY_NAME["danger"]
    form = form_of(section, tables(TEMPLATE)) | {"f.figures.1.@name": ["burn_injuries"]}
    assert list(tables(saved(TEMPLATE, section, form))["figures"]) == ["units", "burn_injuries"]
    form["f.figures.1.@name"] = ["units"]
    assert list(tables(saved(TEMPLATE, section, form))["figures"]) == ["units", "units_"]
