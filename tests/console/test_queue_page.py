"""The page of the queue: rows, tabs, filters, turning, what is masked, how many queries."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recalldesk.accounts.permissions import Role
from recalldesk.claims.models import Claim
from recalldesk.claims.reasons import DecisionReason
from recalldesk.claims.states import Channel, ClaimState, DeskList
from recalldesk.console.queue_words import REASONS
from tests.at_the_desk import sign_in, staff
from tests.cast import SLUG
from tests.claims.queued import another_recall, queued

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_recall")]
TODAY = date(2026, 11, 26)
QUEUE = "/desk/claims/"


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(f"{TODAY}T10:00:00Z", tick=False):
        yield


@pytest.fixture
def rosa(client: Client) -> Client:
    return sign_in(client, staff(Role.REVIEWER))


def html(client: Client, address: str = QUEUE) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return unescape(response.content.decode())


def references(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><[^>]+>(R-[^<]+)<', page)


def reference_of(claim_id: int) -> str:
    return Claim.objects.get(pk=claim_id).filing.reference


def test_a_row_says_what_a_reviewer_needs_and_not_who_the_owner_is(rosa: Client) -> None:
    queued(
        TODAY - timedelta(days=2),
        tags=["like_photo", "worn_print"],
        channel=Channel.LETTER,
        assigned_to=staff(Role.SENIOR_REVIEWER, name="Sam Senior"),
        name="Olga Quispe-Made-Up",
    )
    page = html(rosa)
    for said in ("like photo", "worn print", "letter", "Sam Senior", "late by 2 days", "O. Q."):
        assert said in page
    assert "Quispe" not in page
    assert "26 Nov 10:00" in page


def test_who_has_a_claim_open_is_said(rosa: Client) -> None:
    later = TODAY + timedelta(days=1)
    sam = staff(Role.SENIOR_REVIEWER, name="Sam Senior")
    queued(later, looked_at_by=sam, looked_at_until=f"{later}T00:00:00Z")
    assert "Sam Senior is on it" in html(rosa)


def test_each_list_is_a_tab_with_its_number(rosa: Client) -> None:
    queued(TODAY + timedelta(days=30), desk=DeskList.APPEAL)
    queued(*[TODAY + timedelta(days=30)] * 2)
    page = html(rosa, f"{QUEUE}?list=appeal")
    tabs = re.search(r'<nav class="tabs".*?</nav>', page, re.S)
    assert tabs is not None
    named = re.findall(
        r'<a href="([^"]+)"([^>]*)>([^<]+?)(?: <span[^>]*>([^<]*)</span>)?</a>', tabs[0]
    )
    assert [(name.strip(), number) for _, _, name, number in named] == [
        ("Danger", "0"),
        ("Promises", "0"),
        ("To review", "2"),
        ("Owner answered", "0"),
        ("Appeals", "1"),
        ("Second opinion", "0"),
        ("Led to late", "0"),
        ("All", ""),
    ]
    assert [url for url, here, *_ in named if here] == [f"{QUEUE}?list=appeal"]
    assert [len(references(html(rosa, url))) for url, *_ in named] == [0, 0, 2, 0, 1, 0, 0, 3]


def test_filters_stand_in_the_address_and_in_the_form(rosa: Client) -> None:
    (phoned,) = queued(TODAY, channel=Channel.PHONE)
    queued(TODAY)
    page = html(rosa, f"{QUEUE}?channel=phone")
    assert references(page) == [reference_of(phoned)]
    assert '<option value="phone" selected>phone</option>' in page
    assert "1 shown of 1" in page


@pytest.mark.parametrize(
    "query",
    [
        "list=nothing",
        "state=draft",
        "due=never",
        "recall=%00",
        "country=%E2%80%AE",
        "after=2026-02-31.1",
        "before=x",
        "reason=%3Cscript%3E",
        "assigned=%F0%9F%92%A3",
    ],
)
def test_a_value_that_is_none_is_said_and_the_list_is_shown(rosa: Client, query: str) -> None:
    (pk,) = queued(TODAY)
    response = rosa.get(f"{QUEUE}?{query}")
    assert response.status_code == 200
    page = response.content.decode()
    assert "that we know, so it narrows nothing" in page
    assert "<script>" not in page
    assert references(page) == [reference_of(pk)]


def test_one_turns_the_pages_by_links(rosa: Client) -> None:
    rows = queued(*[TODAY] * 60)
    first = html(rosa)
    assert "50 shown of 60" in first
    (after,) = re.findall(r'rel="next" href="([^"]+)"', first)
    second = html(rosa, after)
    assert [*references(first), *references(second)] == [reference_of(pk) for pk in rows]
    assert 'rel="next"' not in second
    (before,) = re.findall(r'rel="prev" href="([^"]+)"', second)
    assert references(html(rosa, before)) == references(first)


def test_claims_of_several_recalls_say_of_which(rosa: Client) -> None:
    queued(TODAY)
    assert f'<td class="wide">{SLUG}</td>' not in html(rosa)
    queued(TODAY, recall_id=another_recall().pk)
    assert f'<td class="wide">{SLUG}</td>' in html(rosa)


def test_an_empty_list_says_so(rosa: Client) -> None:
    assert "Nothing waits for review." in html(rosa)
    assert "No claim of this list fits the filters." in html(rosa, f"{QUEUE}?country=US")


@pytest.mark.parametrize("query", ["", "?list=all&country=US", "?channel=page&after=none.0"])
def test_a_page_of_many_claims_takes_at_most_twelve_queries(rosa: Client, query: str) -> None:
    sam = staff(Role.SENIOR_REVIEWER, name="Sam Senior")
    queued(*[TODAY] * 60, None, assigned_to=sam, looked_at_by=sam, tags=["like_photo"])
    with CaptureQueriesContext(connection) as asked:
        html(rosa, QUEUE + query)
    assert len(asked) <= 12, [each["sql"][:80] for each in asked]


def test_a_claim_without_a_page_of_its_own_is_shown_all_the_same(rosa: Client) -> None:
    (pk,) = queued(TODAY, state=ClaimState.IN_REVIEW)
    assert references(html(rosa)) == [reference_of(pk)]


def test_the_first_page_of_the_desk_leads_to_the_lists_with_their_numbers(rosa: Client) -> None:
    queued(TODAY - timedelta(days=1), desk=DeskList.DANGER)
    page = html(rosa, reverse("console:start"))
    assert "1 late" in page
    assert (
        f'<a href="{QUEUE}?list=danger">Claims with danger</a></th><td class="end num">1<' in page
    )


def test_every_reason_of_the_rule_has_words_for_a_row() -> None:
    assert set(REASONS) == set(DecisionReason)


def test_views_are_kept_renamed_and_removed(rosa: Client) -> None:
    kept = rosa.post("/desk/views/", {"name": "By phone", "query": "channel=phone&q=Olga"})
    assert kept["Location"] == f"{QUEUE}?channel=phone"
    page = html(rosa)
    assert f'<a href="{QUEUE}?channel=phone">By phone</a>' in page
    (address,) = re.findall(r'href="(/desk/views/\d+/)"', page)
    assert rosa.post(address, {"do": "rename", "name": "  "}).status_code == 422
    rosa.post(address, {"do": "rename", "name": "Phoned"})
    assert ">Phoned</a>" in html(rosa)
    rosa.post(address, {"do": "remove"})
    assert "Phoned" not in html(rosa)
    assert rosa.get(address).status_code == 404


def test_nobody_opens_the_view_of_another(rosa: Client) -> None:
    rosa.post("/desk/views/", {"name": "Mine", "query": ""})
    (address,) = re.findall(r'href="(/desk/views/\d+/)"', html(rosa))
    other = sign_in(Client(), staff(Role.SENIOR_REVIEWER))
    assert other.get(address).status_code == 404
    assert other.post(address, {"do": "remove"}).status_code == 404
    assert ">Mine</a>" in html(rosa)


def test_the_next_claim_is_taken_by_whoever_decides(rosa: Client) -> None:
    later, first = queued(TODAY + timedelta(days=1), TODAY)
    queued(TODAY - timedelta(days=1), desk=DeskList.APPEAL)
    assert 'action="/desk/claims/next/"' in html(rosa)
    taken = rosa.post("/desk/claims/next/")
    assert taken.status_code == 303
    assert reference_of(first) in taken["Location"]
    claim = Claim.objects.get(pk=first)
    assert claim.assigned_to is not None
    assert claim.looked_at_by == claim.assigned_to
    Claim.objects.filter(pk=first).update(desk=DeskList.NONE)
    assert reference_of(later) in rosa.post("/desk/claims/next/?recall=" + SLUG)["Location"]


def test_where_nothing_is_left_to_take_the_list_says_so(rosa: Client) -> None:
    for query in ("?list=danger", "?list=all", "?recall=no-such"):
        nothing = rosa.post(f"/desk/claims/next/{query}", follow=True)
        assert "Nothing is left for you to take here" in nothing.content.decode()


SECOND = f"{QUEUE}?list=second"


def test_a_second_opinion_is_the_next_only_of_who_may_give_one(client: Client) -> None:
    queued(TODAY, desk=DeskList.SECOND)
    assert "/desk/claims/next/" in html(sign_in(client, staff(Role.SENIOR_REVIEWER)), SECOND)
    reviewer = sign_in(Client(), staff(Role.REVIEWER))
    assert "/desk/claims/next/" in html(reviewer)
    assert "/desk/claims/next/" not in html(reviewer, SECOND)


def test_the_next_claim_is_offered_to_nobody_who_may_not_decide(client: Client) -> None:
    viewer = sign_in(client, staff(Role.VIEWER))
    queued(TODAY)
    assert "/desk/claims/next/" not in html(viewer)
    assert viewer.post("/desk/claims/next/").status_code == 403


@pytest.mark.parametrize("query", ["?list=all", "?list=promise", "?channel=page"])
def test_it_is_offered_only_where_the_next_one_is_of_the_list_shown(
    rosa: Client, query: str
) -> None:
    queued(TODAY)
    assert "/desk/claims/next/" not in html(rosa, QUEUE + query)
