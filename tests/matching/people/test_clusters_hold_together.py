"""What must be true of any records: made-up people who share, move, shorten and slip."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from recalldesk.matching.people import (
    Clusters,
    Joined,
    JoinReason,
    PersonRecord,
    Settled,
    cluster,
    judge,
    keys_of,
)

FEW = settings(max_examples=40, deadline=None)
NAMES = (
    *("Robert Roe", "Bob Roe", "R. Roe", "Roe Robert", "Rita Roe", "Robert Roe Jr", "Robbert Roe"),
    *("Jane Doe", "Jane Roe", "Jane & Robert Roe", "Roe", "", "Example School", "José Núñez"),
)
EMAILS = (
    "",
    "roe@example.com",
    "robert.roe@example.com",
    "robert.rowe@example.com",
    "j@example.org",
)
ALIAS = "abc123@marketplace.amazon.com"
PHONES = ("", "+13125550101", "3125550101", "+13125550110", "0000000000")
STREETS = (
    "",
    "12 Example St",
    "12 Example Street Apt 4",
    "12 Example St #5",
    "12 Exmaple St",
    "9 Other Rd",
)


def address(street: str) -> dict[str, str]:
    there = {"street_address": street, "postal_code": "62704", "country_code": "US"}
    return there if street else {}


@st.composite
def many_records(draw: st.DrawFn) -> list[PersonRecord]:
    said = draw(
        st.lists(
            st.tuples(*map(st.sampled_from, (NAMES, (*EMAILS, ALIAS), PHONES, STREETS))),
            max_size=8,
        )
    )
    return [
        PersonRecord(number, name, email, email == ALIAS, phone, address(street))
        for number, (name, email, phone, street) in enumerate(said, start=1)
    ]


records_of_people = many_records()


@st.composite
def records_and_settled(draw: st.DrawFn) -> tuple[list[PersonRecord], list[Settled]]:
    records = draw(records_of_people.filter(lambda found: len(found) > 2))
    ids = st.sampled_from([each.id for each in records])
    pairs = draw(st.lists(st.tuples(ids, ids, st.booleans()), max_size=4))
    found = {frozenset(pair): is_one for *pair, is_one in pairs if pair[0] != pair[1]}
    return records, [Settled(min(pair), max(pair), is_one) for pair, is_one in found.items()]


def connected(ids: Sequence[int], found: Clusters) -> bool:
    reached, waiting = {ids[0]}, [ids[0]]
    while waiting:
        one = waiting.pop()
        for join in found.joins:
            for here, there in ((join.first, join.second), (join.second, join.first)):
                if here == one and there not in reached:
                    reached.add(there)
                    waiting.append(there)
    return reached == set(ids)


@FEW
@given(records_of_people)
def test_the_same_is_said_whichever_record_comes_first(records: list[PersonRecord]) -> None:
    for first in records:
        for second in records:
            assert judge(first, second) == judge(second, first)


@FEW
@given(records_of_people, st.randoms(use_true_random=False))
def test_the_order_of_the_records_changes_nothing(records: list[PersonRecord], by: object) -> None:
    others = list(records)
    by.shuffle(others)  # type: ignore[attr-defined]  # a random.Random of hypothesis

    assert cluster(others) == cluster(records)


@FEW
@given(records_of_people)
def test_whoever_is_in_a_cluster_is_connected_by_joins_with_reasons(
    records: list[PersonRecord],
) -> None:
    found = cluster(records)

    assert all(join.reasons and join.first < join.second for join in found.joins)
    assert sum(len(members) - 1 for members in found.members) == len(found.joins)
    assert all(len(set(members)) > 1 and connected(members, found) for members in found.members)
    everybody = [each for members in found.members for each in members]
    assert len(everybody) == len(set(everybody))


@FEW
@given(records_of_people)
def test_an_alias_is_no_key_and_joins_nobody(records: list[PersonRecord]) -> None:
    without = [
        PersonRecord(each.id, each.name, "", phone=each.phone, address=each.address)
        if each.is_alias
        else each
        for each in records
    ]

    assert cluster(records) == cluster(without)
    assert all(ALIAS not in form for each in records for _, form in keys_of(each))


def test_one_alias_on_two_orders_joins_nobody() -> None:
    orders = [PersonRecord(number, "Jane Roe", ALIAS, is_alias=True) for number in (1, 2)]

    assert cluster(orders).members == ()


@FEW
@given(records_and_settled())
def test_what_a_person_settled_is_obeyed(
    said: tuple[list[PersonRecord], list[Settled]],
) -> None:
    records, settled = said
    found = cluster(records, settled=settled)
    of = {each: place for place, members in enumerate(found.members) for each in members}
    asked = {(each.first, each.second) for each in found.doubts}

    for each in settled:
        is_together = each.first in of and of[each.first] == of.get(each.second)
        if not each.is_one:
            assert not is_together
            assert (each.first, each.second) not in asked
        elif all(other.is_one for other in settled):
            assert is_together


@FEW
@given(records_of_people)
def test_of_two_clusters_a_person_is_asked_once(records: list[PersonRecord]) -> None:
    found = cluster(records)
    of = {each: place for place, members in enumerate(found.members) for each in members}
    asked = [
        frozenset((of.get(each.first, -each.first), of.get(each.second, -each.second)))
        for each in found.doubts
    ]

    assert len(asked) == len(set(asked))
    assert all(len(each) == 2 for each in asked)


@FEW
@given(records_of_people)
def test_whatever_is_joined_shares_a_key(records: list[PersonRecord]) -> None:
    for first in records:
        for second in records:
            said = judge(first, second)
            if isinstance(said, Joined) and JoinReason.ADDRESS_SLIP not in said.reasons:
                assert set(keys_of(first)) & set(keys_of(second))


ANY = st.text(max_size=40)
PARTS = ("street_address", "postal_code", "city", "country_code")


@FEW
@given(
    st.lists(
        st.builds(
            PersonRecord,
            st.integers(),
            ANY,
            ANY,
            st.booleans(),
            ANY,
            st.dictionaries(st.sampled_from(PARTS), ANY),
        ),
        max_size=4,
        unique_by=lambda each: each.id,
    )
)
def test_no_text_breaks_it(records: list[PersonRecord]) -> None:
    found = cluster(records)

    assert {each for members in found.members for each in members} <= {e.id for e in records}
    for first in records:
        for second in records:
            assert judge(first, second) == judge(second, first)


def test_an_address_without_a_place_or_a_street_is_no_key() -> None:
    for address_of in (
        {"street_address": "12 Example St", "country_code": "US"},
        {"street_address": "Apt 4", "postal_code": "62704", "country_code": "US"},
    ):
        assert keys_of(PersonRecord(1, "Jane Roe", address=address_of)) == ()
