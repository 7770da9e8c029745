"""Where joining would make one of two, somebody is asked."""

from itertools import pairwise

from recalldesk.matching.people import JoinReason, PersonRecord, Settled, cluster

HOME = {"street_address": "12 Example St", "postal_code": "62704", "country_code": "US"}
BOX, NUMBER = "roe@example.com", "+13125550101"


def test_a_record_that_fits_two_of_a_house_makes_no_one_of_them() -> None:
    found = cluster(
        [
            PersonRecord(1, "Jane Roe", phone=NUMBER, address=HOME),
            PersonRecord(2, "Jane Roe", BOX, phone=NUMBER),
            PersonRecord(3, "John Roe", phone="+13125550199", address=HOME),
            PersonRecord(4, "J. Roe", phone=NUMBER, address=HOME),
        ]
    )

    assert found.members == ((1, 2, 4),)
    assert [(each.first, each.second) for each in found.doubts] == [(3, 4)]


def test_who_is_kept_apart_is_asked_about_and_not_joined_through_a_third() -> None:
    records = [
        PersonRecord(1, "Jane Roe", BOX),
        PersonRecord(2, "Jane Roe", phone=NUMBER),
        PersonRecord(3, "Jane Roe", BOX, phone=NUMBER),
    ]
    assert cluster(records).members == ((1, 2, 3),)

    found = cluster(records, settled=[Settled(2, 1, is_one=False)])

    assert found.members == ((1, 3),)
    assert [(each.first, each.second) for each in found.doubts] == [(2, 3)]
    assert JoinReason.SETTLED_APART in found.doubts[0].reasons

    answered = [Settled(1, 2, is_one=False), Settled(2, 3, is_one=False)]
    assert cluster(records, settled=answered).doubts == ()


def test_two_whom_nothing_joins_are_one_where_a_person_says_so() -> None:
    records = [PersonRecord(1, "Jane Roe", BOX), PersonRecord(2, "Petra Doe", phone=NUMBER)]

    found = cluster(records, settled=[Settled(1, 2, is_one=True), Settled(1, 99, is_one=True)])

    assert found.members == ((1, 2),)
    assert found.joins[0].reasons == (JoinReason.SETTLED,)


def test_a_school_of_many_names_stays_many() -> None:
    names = [f"{given} {family}" for given in ("Ada", "Ben", "Cleo") for family in ("Roe", "Doe")]
    pupils = [
        PersonRecord(number, name, "buying@example.com", phone=NUMBER, address=HOME)
        for number, name in enumerate(names, start=1)
    ]
    found = cluster([*pupils, PersonRecord(99, "Example School", "buying@example.com")])

    assert all(not any(each.id in members for each in pupils) for members in found.members)


def test_a_number_of_many_names_joins_nobody_by_itself() -> None:
    given = ("Ada", "Ben", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hal", "Ida", "Jon")
    shop = [PersonRecord(n, f"{name} Roe{n}", phone=NUMBER) for n, name in enumerate(given, 1)]
    twice = [PersonRecord(number, "Jane Doe", phone=NUMBER) for number in (90, 91)]

    assert cluster([*shop, *twice]).members == ()
    assert cluster(twice).members == ((90, 91),)


def test_a_thousand_of_one_address_are_looked_through_at_once() -> None:
    hotel = {**HOME, "street_address": "1 Example Plaza"}
    guests = [
        PersonRecord(n, f"J{'abcdefghij'[n % 10] * 3} R{'abcdefghij'[n // 100] * 5}", address=hotel)
        for n in range(1_000)
    ]

    found = cluster(guests)

    assert all(
        guests[one].name == guests[other].name
        for members in found.members
        for one, other in pairwise(members)
    )
