"""A claim is found by what somebody says at the phone, however it is spelt."""

from datetime import date

import pytest

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.claims.desk_queue import searching
from recalldesk.claims.desk_queue.search_texts import MOST_LOOK_ALIKES, look_alikes_of
from recalldesk.claims.desk_queue.searching import FoundBy, claims_of_reference, search_claims
from recalldesk.claims.filing_keys import keep_keys
from recalldesk.claims.models import Filing
from recalldesk.recalls.reads import live_recalls
from tests.cast import AFFECTED, LOOK_ALIKE, SERIALS, Desk
from tests.claims.owner import OLGA, Owner, claim_of
from tests.claims.queued import queued

pytestmark = pytest.mark.django_db
JOSE = Owner("José O’Hara-Núñez", "Jose.Nunez+recall@gmail.com", "+1 (202) 555-0143")


@pytest.fixture
def jose(desk: Desk) -> Filing:
    filing = JOSE.files()
    keep_keys(filing)
    return filing


def found(desk: Desk, text: str) -> list[str]:
    return [row.reference for row in search_claims(text, by=desk.cast.author).rows]


def how(desk: Desk, text: str) -> tuple[FoundBy, ...]:
    return search_claims(text, by=desk.cast.author).by


def spelt(reference: str) -> list[str]:
    return [
        reference,
        reference.lower(),
        reference.replace("-", " "),
        f"  {reference[2:].replace('-', '')} ",
    ]


def test_by_its_reference_in_any_spelling(desk: Desk, jose: Filing) -> None:
    for text in spelt(jose.reference):
        assert found(desk, text) == [jose.reference]
        (row,) = claims_of_reference(text, by=desk.cast.viewer)
        assert row.reference == jose.reference
    assert how(desk, jose.reference) == (FoundBy.REFERENCE,)
    assert claims_of_reference("no reference", by=desk.cast.viewer) == ()


@pytest.mark.parametrize(
    "text",
    [
        AFFECTED,
        AFFECTED.lower(),
        f" {AFFECTED[:4]} {AFFECTED[4:7]}-{AFFECTED[7:]} ",
        AFFECTED.replace("0", "O"),
        AFFECTED.replace("0", "o").replace("1", "i").lower(),
        f"{AFFECTED[:4]}-{AFFECTED[4:].replace('1', 'I')}",
    ],
)
def test_by_its_serial_in_any_spelling(desk: Desk, jose: Filing, text: str) -> None:
    assert found(desk, text) == [jose.reference]
    assert how(desk, text) == (FoundBy.SERIAL,)


def test_by_a_serial_that_looks_like_it_where_none_is_the_same(desk: Desk, jose: Filing) -> None:
    assert found(desk, LOOK_ALIKE) == [jose.reference]
    assert how(desk, LOOK_ALIKE) == (FoundBy.LOOK_ALIKE,)
    OLGA.files(LOOK_ALIKE)
    assert how(desk, LOOK_ALIKE) == (FoundBy.SERIAL,)


def test_of_many_look_alikes_the_nearest_are_tried(desk: Desk) -> None:
    documents = [live.document for live in live_recalls()]
    text = "8" * 30
    found = look_alikes_of(text, documents)
    assert len(found) <= MOST_LOOK_ALIKES * len(documents)
    for place in range(len(text)):
        assert f"{text[:place]}B{text[place + 1 :]}" in found


@pytest.mark.parametrize(
    "text",
    [
        "jose.nunez+recall@gmail.com",
        " JoseNunez@googlemail.com",
        "j.o.s.e.nunez+other@GMAIL.com",
    ],
)
def test_by_its_e_mail_address(desk: Desk, jose: Filing, text: str) -> None:
    assert (found(desk, text), how(desk, text)) == ([jose.reference], (FoundBy.EMAIL,))


@pytest.mark.parametrize("text", ["(202) 555-0143", "2025550143", "+1 202 555 0143"])
def test_by_its_phone_number(desk: Desk, jose: Filing, text: str) -> None:
    assert found(desk, text) == [jose.reference]
    assert FoundBy.PHONE in how(desk, text)


@pytest.mark.parametrize(
    "text", ["jose nunez", "Jose O Hara", "NÚÑEZ", "ohara, josé", "Nunez O'Hara Jose", "  o’hara  "]
)
def test_by_the_words_of_its_name_in_any_order(desk: Desk, jose: Filing, text: str) -> None:
    assert (found(desk, text), how(desk, text)) == ([jose.reference], (FoundBy.NAME,))


def test_every_word_of_a_name_counts(desk: Desk, jose: Filing) -> None:
    assert found(desk, "jose quispe") == []
    assert found(desk, f"jose {jose.country}") == []


NONSENSE = ["", " ", "@", "nobody@home.example", "?" * 5_000, "\x00", "\u202e"]


@pytest.mark.parametrize("text", NONSENSE)
def test_what_means_nothing_finds_nothing(desk: Desk, jose: Filing, text: str) -> None:
    assert found(desk, text) == []


def test_a_draft_is_found_by_nothing(desk: Desk) -> None:
    draft = OLGA.drafts(SERIALS[2])
    keep_keys(draft)
    for text in (draft.reference, SERIALS[2], OLGA.email, OLGA.name):
        assert found(desk, text) == []


def test_whoever_may_not_see_personal_data_finds_by_reference_and_serial_only(
    desk: Desk, jose: Filing
) -> None:
    viewer = desk.cast.viewer
    for text in (JOSE.email, JOSE.phone, "jose nunez"):
        answer = search_claims(text, by=viewer)
        assert (answer.rows, answer.is_masked) == ((), True)
    assert len(search_claims(AFFECTED, by=viewer).rows) == 1
    assert len(search_claims(jose.reference, by=viewer).rows) == 1


def test_all_units_of_a_filing_are_found(desk: Desk) -> None:
    filing = OLGA.files_several(*SERIALS[:3])
    rows = claims_of_reference(filing.reference, by=desk.cast.author)
    assert [row.position for row in rows] == [1, 2, 3]
    assert found(desk, SERIALS[1]) == [filing.reference]
    assert claim_of(filing, 2).position == 2


def test_it_says_where_there_are_more_than_it_shows(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "MOST_FOUND", 3)
    for pk in queued(*[date(2026, 11, 26)] * 4, name="Pia Unusual-Made-Up"):
        keep_keys(Filing.objects.get(claims=pk))
    answer = search_claims("unusual", by=desk.cast.author)
    assert (len(answer.rows), answer.is_more) == (3, True)


def test_whoever_left_searches_nothing(desk: Desk) -> None:
    with pytest.raises(NotPermitted):
        search_claims("anything", by=desk.cast.outsider)
    with pytest.raises(NotPermitted):
        claims_of_reference("anything", by=Staff(role=Role.VIEWER, is_active=False, name="Left"))
