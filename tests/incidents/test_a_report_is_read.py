"""What a form tells is read whole: nobody who was hurt is left out, no amount is read otherwise."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.claims.errors import FieldProblem
from recalldesk.incidents.form_reading import MOST_ROWS, Read, Row, amount_in, read_form, rows_in
from recalldesk.incidents.states import Care, Happened, HasUnit
from recalldesk.incidents.story import Damaged, Hurt, Story

TODAY = date(2026, 11, 5)
WORDS = st.text("ab1é漢", min_size=1, max_size=9)


def typed(fields: dict[str, str]) -> Callable[[str], str]:
    return lambda name: fields.get(name, "")


def read(**fields: str) -> Read:
    named = {name.replace("__", "-"): value for name, value in fields.items()}
    return read_form(typed(named), today=TODAY, products=["k20"], countries=["US"])


def test_all_that_is_told_is_in_the_story() -> None:
    told = read(
        happened="fire",
        happened_on="2025-05-03",
        is_about="on",
        product="k20",
        country="US",
        has_unit="elsewhere",
        serial="TW24013337",
        account="It burnt, made up.",
        people="2",
        person__0__care="first_aid",
        person__0__age="34",
        person__1__harm="Smoke, made up.",
        thing__0__what="A table",
        thing__0__amount="1,250.5",
        thing__0__currency="USD",
    )
    assert not told.problems
    assert told.story == Story(
        happened=Happened.FIRE,
        happened_on=date(2025, 5, 3),
        is_day_exact=False,
        product_key="k20",
        country="US",
        has_unit=HasUnit.ELSEWHERE,
        serial="TW24013337",
        account="It burnt, made up.",
        hurt=(Hurt(Care.FIRST_AID, "34"), Hurt(Care.UNKNOWN, "", "Smoke, made up.")),
        damaged=(Damaged(Decimal("1250.50"), "USD", "A table"),),
    )


def test_a_yes_alone_is_one_person_and_one_thing() -> None:
    story = read(anyone_hurt="yes", anything_damaged="yes").story
    assert (story.hurt, story.damaged) == ((Hurt(Care.UNKNOWN),), (Damaged(),))


def test_who_says_that_nobody_was_hurt_is_believed() -> None:
    story = read(happened="heat", anyone_hurt="no", person__0__age="34").story
    assert story.hurt == ()


def test_a_currency_alone_is_no_damage() -> None:
    assert read(happened="heat", thing__0__currency="USD").story.damaged == ()


@pytest.mark.parametrize(
    ("fields", "field", "problem"),
    [
        ({}, "happened", FieldProblem.NOTHING_TOLD),
        ({"happened": "made-up"}, "happened", FieldProblem.NOTHING_TOLD),
        ({"happened_on": "May"}, "happened_on", FieldProblem.NOT_A_DAY),
        ({"happened_on": "2026-11-06"}, "happened_on", FieldProblem.NOT_A_DAY),
        ({"happened_on": "0202-11-05"}, "happened_on", FieldProblem.NOT_A_DAY),
        ({"account": "x" * 4001}, "account", FieldProblem.TOO_LONG),
        ({"serial": "x" * 201}, "serial", FieldProblem.TOO_LONG),
        ({"person__0__age": "x" * 41}, "person-0-age", FieldProblem.TOO_LONG),
        ({"thing__0__amount": "much"}, "thing-0-amount", FieldProblem.NOT_AN_AMOUNT),
        (
            {"thing__0__amount": "5", "thing__0__currency": "?"},
            "thing-0-currency",
            FieldProblem.MISSING,
        ),
    ],
)
def test_what_is_not_right_is_named_by_its_field(
    fields: dict[str, str], field: str, problem: FieldProblem
) -> None:
    assert read(**fields).problems == {field: problem}


def test_of_a_form_that_comes_again_nobody_is_counted_before_it_is_right() -> None:
    told = read(happened="fire", person__0__age="34", thing__0__amount="much")
    assert told.certain == Story(happened=Happened.FIRE)


@given(
    st.lists(st.tuples(st.sampled_from(["", *Care]), WORDS, WORDS), max_size=MOST_ROWS),
    st.sampled_from(["", "yes"]),
)
def test_nobody_who_was_hurt_is_left_out(people: list[tuple[str, str, str]], answered: str) -> None:
    fields = {"people": str(len(people)), "anyone_hurt": answered}
    for place, (care, age, harm) in enumerate(people):
        named = {"care": care, "age": age, "harm": harm}
        fields |= {f"person-{place}-{name}": value for name, value in named.items()}
    hurt = read_form(typed(fields), today=TODAY).story.hurt
    wanted = [Hurt(Care(care or "unknown"), age, harm) for care, age, harm in people]
    assert list(hurt) == (wanted or [Hurt(Care.UNKNOWN)] * (answered == "yes"))


@pytest.mark.parametrize("count", ["", "0", "-1", "x", "²", "99999", str(MOST_ROWS + 1)])
def test_a_count_of_rows_that_is_none_adds_none(count: str) -> None:
    assert rows_in(typed({"people": count}), Row.PERSON) in (1, MOST_ROWS)


@given(
    st.integers(min_value=0, max_value=10**14 - 1),
    st.sampled_from([(",", "."), (".", ","), ("'", "."), (" ", ","), (" ", ","), ("", ".")]),
    st.sampled_from(["{}", "${}", "{} €", "USD {}", "about {}", "{} dollars", "{},-", "{}."]),
)
def test_an_amount_is_read_as_it_is_written_anywhere(
    cents: int, separators: tuple[str, str], around: str
) -> None:
    group, point = separators
    whole = f"{cents // 100:,}".replace(",", group)
    written = whole if cents % 100 == 0 else f"{whole}{point}{cents % 100:02}"
    assert amount_in(around.format(written)) == Decimal(cents) / 100


@pytest.mark.parametrize(
    "text", ["", "-5", "5 or 6", "1,20,300", "0.500", "1.2.3", "x", "1e5", "9" * 13]
)
def test_what_may_be_read_otherwise_is_asked_again(text: str) -> None:
    assert amount_in(text) is None


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_an_amount(text: str) -> None:
    amount = amount_in(text)
    assert amount is None or 0 <= amount < 10**12
