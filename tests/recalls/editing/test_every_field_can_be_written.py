"""No field of the recall file is out of reach of the desk's forms."""

import pytest

from recalldesk.recalls.editing.choice_words import CHOICE_WORDS
from recalldesk.recalls.editing.choices import choices_of
from recalldesk.recalls.editing.hints import help_of
from recalldesk.recalls.editing.labels import HELP, LABELS, PLURALS
from recalldesk.recalls.editing.meeting import fields_of
from recalldesk.recalls.editing.page import section_shown
from recalldesk.recalls.editing.sections import SECTIONS, parts_of
from recalldesk.recalls.editing.shape import Control, Field, Group, Kind, Node, nodes
from recalldesk.recalls.field_meanings import MEANINGS
from tests.recalls.editing.files import TEXTS, tables

PATHS = [path for path in nodes() if path]


def fields_in(node: Node) -> list[str]:
    if isinstance(node, Field):
        return [node.path]
    return [path for each in node.inside for path in fields_in(each)]


@pytest.mark.parametrize("path", PATHS)
def test_a_field_has_a_label_and_says_what_it_means(path: str) -> None:
    assert LABELS.get(path)
    assert help_of(path)


@pytest.mark.parametrize("path", sorted(MEANINGS))
def test_a_field_that_the_documentation_names_has_a_control(path: str) -> None:
    assert path in nodes()


def test_a_field_stands_in_one_section() -> None:
    shown = [path for section in SECTIONS for path in fields_in(parts_of(section))]
    every = [path for path, node in nodes().items() if isinstance(node, Field)]
    lists_of_texts = [
        path
        for path, node in nodes().items()
        if isinstance(node, Group) and node.inside and node.inside[0].name == ""
    ]
    assert sorted(shown) == sorted([*every, *lists_of_texts])


def test_the_entries_of_every_list_have_a_name_together() -> None:
    lists = [
        path
        for path, node in nodes().items()
        if isinstance(node, Group) and node.kind is not Kind.ONE
    ]
    assert sorted(PLURALS) == sorted(lists)


def test_every_choice_has_words() -> None:
    for path, node in nodes().items():
        if isinstance(node, Field) and node.choices:
            assert set(node.choices) <= set(CHOICE_WORDS[path]), path


def test_labels_help_and_words_are_of_fields() -> None:
    assert {*LABELS, *HELP, *CHOICE_WORDS} <= set(nodes())


@pytest.mark.parametrize("name", TEXTS)
def test_no_control_of_a_valid_file_is_out_of_use(name: str) -> None:
    raw = tables(TEXTS[name])
    for section in SECTIONS:
        for field in fields_of(section_shown(section, raw, ()).items):
            assert [each.kind for each in field.inputs if each.kind == "raw"] == [], field.path


def test_what_is_named_elsewhere_in_the_file_is_chosen_from() -> None:
    raw = tables(TEXTS["the template"])
    chosen = {
        path: choices_of(node, raw)
        for path, node in nodes().items()
        if isinstance(node, Field) and node.control is Control.TICKS
    }
    assert chosen["brands.products"] == (("k20", "K20"),)
    assert chosen["remedies.countries"] == (("US", "US"),)
    assert chosen["incidents.injured"] == (("units", "units"), ("burns", "burns"))
