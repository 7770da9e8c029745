"""Deciding on the claim page by plain forms: what happens, what is refused, what comes next."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.desk.deciding import ask_owner, give_back
from recalldesk.claims.following import appeal, owner_wrote
from recalldesk.claims.models import Claim, Decision
from recalldesk.claims.states import ClaimState, DecisionState
from recalldesk.foundation import clock
from tests.at_the_desk import sign_in, staff
from tests.cast import SERIALS
from tests.claims.conftest import photos_folder
from tests.claims.desk.people import approved, now, seen, sven, waiting_claim
from tests.claims.owner import OLGA, PAVEL, Owner, claim_of, log_of, why_of
from tests.standing import cast, index_folder, kettles, published_recall, standing
from tests.worked import run_jobs

__all__ = ["cast", "index_folder", "kettles", "published_recall", "standing"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_recall")]
__all__ = ["photos_folder"]  # a store for photos, for every test
THIRD = Owner("Tara Third-Made-Up", "tara@home.example")
WORDS = "Please send the back of it, too."


@pytest.fixture
def rosa(client: Client) -> Client:
    return sign_in(client, staff(Role.REVIEWER))


@pytest.fixture
def sam() -> Client:
    return sign_in(Client(), staff(Role.SENIOR_REVIEWER, name="Sam Senior"))


def address(claim: Claim, below: str = "") -> str:
    return f"/desk/claims/{claim.filing.reference}/{claim.position}/{below}"


def html(response: HttpResponse) -> str:
    return unescape(response.content.decode())


def does(
    client: Client, claim: Claim, do: str, below: str = "decide/", **more: object
) -> HttpResponse:
    stamp = more.pop("seen", None) or seen(claim)
    return client.post(address(claim, below), {"do": do, "seen": stamp, **more})


def state_of(claim: Claim) -> str:
    return now(claim).state


def test_after_approving_the_next_claim_of_the_list_comes_with_a_way_to_undo(rosa: Client) -> None:
    first, second = waiting_claim(), waiting_claim(PAVEL, SERIALS[1])
    answer = does(rosa, first, "approve")
    assert (answer.status_code, answer["Location"]) == (303, address(second))
    assert state_of(first) == ClaimState.APPROVED
    page = html(rosa.get(answer["Location"]))
    assert f"{first.filing.reference}</a> approved. Its owner is told at" in page
    (decision,) = re.findall(r'name="decision" value="(\d+)"', page)
    undone = rosa.post(address(first, "undo/"), {"decision": decision})
    assert undone["Location"] == address(first)
    assert state_of(first) == ClaimState.IN_REVIEW
    assert "approved. Its owner" not in html(rosa.get(undone["Location"]))


def test_the_last_of_a_list_leads_to_the_list_which_can_undo_too(rosa: Client) -> None:
    claim = waiting_claim()
    answer = does(rosa, claim, "approve")
    assert answer["Location"] == "/desk/claims/"
    assert "approved. Its owner is told at" in html(rosa.get(answer["Location"]))


def test_a_form_sent_twice_is_one_decision(rosa: Client) -> None:
    claim = waiting_claim()
    stamp = seen(claim)
    for _ in range(2):
        assert does(rosa, claim, "approve", seen=stamp).status_code == 303
    assert Decision.objects.filter(claim=claim, by__isnull=False).count() == 1


def test_a_claim_is_declined_for_a_reason_of_the_recall(rosa: Client) -> None:
    claim = waiting_claim()
    refused = does(rosa, claim, "decline", reason="no such", words=WORDS)
    assert refused.status_code == 422
    assert "This is no reason of the recall." in html(refused)
    assert WORDS in html(refused)
    does(rosa, claim, "decline", reason="other", words=WORDS)
    assert state_of(claim) == ClaimState.DECLINED


def test_an_owner_is_asked_in_the_words_that_stand_in_the_form(rosa: Client) -> None:
    claim = waiting_claim()
    page = html(rosa.get(address(claim)))
    assert "We cannot read the serial number in your photo." in page
    does(rosa, claim, "ask", words=WORDS, template="label_photo")
    assert state_of(claim) == ClaimState.NEEDS_OWNER


def test_without_a_script_the_form_takes_the_text_of_another_template(rosa: Client) -> None:
    claim = waiting_claim()
    filled = html(does(rosa, claim, "ask", template="receipt", words="", fill="1"))
    assert re.search(r"<textarea[^>]*>About your claim[^<]+photo of the receipt", filled)
    assert state_of(claim) == ClaimState.IN_REVIEW


def test_a_stale_form_shows_what_happened_and_loses_nothing_that_was_typed(rosa: Client) -> None:
    claim = waiting_claim()
    stamp = seen(claim)
    owner_wrote(filing_id=claim.filing_id, text="I found the receipt.", nonce="n")
    refused = does(rosa, claim, "decline", seen=stamp, reason="other", words=WORDS, note="Odd.")
    page = html(refused)
    assert refused.status_code == 409
    assert "Something happened meanwhile: The owner wrote" in page
    assert "I found the receipt." in page
    assert WORDS in page
    assert 'value="Odd."' in page
    assert 'value="other" required checked' in page
    assert state_of(claim) == ClaimState.IN_REVIEW
    (fresh, *_) = re.findall(r'name="seen" value="(\d+)"', page)
    does(rosa, claim, "decline", seen=int(fresh), reason="other", words=WORDS)
    assert state_of(claim) == ClaimState.DECLINED


@pytest.mark.parametrize(
    ("do", "more"),
    [
        ("decline", {"reason": "other", "words": WORDS, "note": "Odd."}),
        ("duplicate", {"of": 1, "words": WORDS, "note": "Odd."}),
        ("approve", {"second_reader": "1", "words": WORDS, "note": "Odd."}),
    ],
)
def test_what_was_typed_is_not_lost_where_nothing_is_to_be_decided_any_more(
    rosa: Client, do: str, more: dict[str, object]
) -> None:
    claim = waiting_claim()
    stamp = seen(claim)
    approved(claim)
    page = html(does(rosa, claim, do, seen=stamp, **more))
    assert 'name="do" value="decline"' not in page  # no form is left to hold it
    assert WORDS in page
    assert "Odd." in page
    assert "What you typed is still there." not in page


def test_what_still_stands_in_its_form_is_not_said_twice(rosa: Client) -> None:
    claim = waiting_claim()
    stamp = seen(claim)
    owner_wrote(filing_id=claim.filing_id, text="I found the receipt.", nonce="n")
    page = html(does(rosa, claim, "decline", seen=stamp, reason="other", words=WORDS, note="Odd."))
    assert page.count(WORDS) == page.count("Odd.") == 1


def test_the_note_of_a_duplicate_stands_again_after_a_refusal(rosa: Client) -> None:
    first, second = waiting_claim(), waiting_claim()
    give_back(claim_id=second.pk, by=sven(), seen=seen(second), note="Two kettles, she says.")
    page = html(does(rosa, second, "duplicate", of=first.pk, seen=1, note="Sent twice."))
    assert 'value="Sent twice."' in page


def test_who_comes_second_is_told_who_was_first(rosa: Client) -> None:
    claim = waiting_claim()
    stamp = seen(claim)
    approved(claim)
    refused = does(rosa, claim, "decline", seen=stamp, reason="other")
    assert refused.status_code == 409
    assert "Approved (A person decided), by Rita" in html(refused)


def test_what_takes_two_people_is_proposed_with_a_note_and_agreed_to(
    rosa: Client, sam: Client
) -> None:
    claim = claim_of(OLGA.files())
    page = html(rosa.get(address(claim)))
    assert "Two people decide this: there is no photo to look at." in page
    refused = does(rosa, claim, "approve")
    assert refused.status_code == 422
    assert "say why it shall be" in html(refused)
    does(rosa, claim, "approve", note="By phone.")
    assert state_of(claim) == ClaimState.IN_REVIEW
    page = html(sam.get(address(claim)))
    assert "Agree with Rosa Reviewer" in page
    (decision, *_) = re.findall(r'name="decision" value="(\d+)"', page)
    does(sam, claim, "confirm", "settle/", decision=decision)
    assert state_of(claim) == ClaimState.APPROVED


def test_what_was_proposed_is_taken_next_by_somebody_who_can_agree(
    rosa: Client, sam: Client
) -> None:
    claim = claim_of(OLGA.files())
    rosa.post(address(claim, "look/"), {"do": "assign"})
    does(rosa, claim, "approve", note="By phone.")
    taken = sam.post("/desk/claims/next/?list=second")
    assert taken["Location"] == address(claim) + "?list=second"


def test_an_appeal_is_taken_next_by_somebody_else_than_who_declined(
    rosa: Client, sam: Client
) -> None:
    claim = waiting_claim()
    rosa.post(address(claim, "look/"), {"do": "assign"})
    does(rosa, claim, "decline", reason="other")
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        run_jobs(tasks=["claims.tell_decision"], also_later=True)
    appeal(filing_id=claim.filing_id, text="Please look again.", nonce="n")
    taken = sam.post("/desk/claims/next/?list=appeal")
    assert taken["Location"] == address(claim) + "?list=appeal"
    does(sam, claim, "approve")
    assert state_of(claim) == ClaimState.APPROVED


def test_a_second_reader_is_asked_for_with_a_reason_that_is_not_lost(
    rosa: Client, sam: Client
) -> None:
    claim = waiting_claim()
    page = html(rosa.get(address(claim)))
    assert "Ask for a second reader" in page
    assert "<kbd>S</kbd></dt>" in page
    refused = does(rosa, claim, "approve", second_reader="1", note=" ")
    assert refused.status_code == 422
    assert re.search(r'data-panel="s" open', html(refused))
    does(rosa, claim, "approve", second_reader="1", note="It looks pasted on.")
    assert state_of(claim) == ClaimState.IN_REVIEW
    page = html(sam.get(address(claim)))
    assert "Agree with Rosa Reviewer" in page
    assert "It looks pasted on." in page


def test_of_what_a_second_person_settles_nobody_is_said_to_be_told(rosa: Client) -> None:
    claim = waiting_claim()
    does(rosa, claim, "approve", note="I am not sure.", second_reader="1")
    page = html(rosa.get("/desk/claims/"))
    assert "given to a second person" in page
    assert "Its owner is told nothing before they agree." in page
    assert "Its owner is told at" not in page


def test_who_has_to_agree_reads_first_why_a_colleague_asks(rosa: Client, sam: Client) -> None:
    claim = waiting_claim()
    does(rosa, claim, "approve", note="Is it the same hand?", second_reader="1")
    page = html(sam.get(address(claim)))
    assert page.index("Is it the same hand?") < page.index('class="bench"')
    assert "would approve it, and writes:" not in html(rosa.get(address(claim)))


def test_one_key_never_undoes_two_things(rosa: Client, sam: Client) -> None:
    first, second = waiting_claim(), waiting_claim(PAVEL, SERIALS[1])
    does(rosa, second, "approve", note="I am not sure.", second_reader="1")
    assert html(sam.get(address(second))).count('data-key="u"') == 1
    does(sam, first, "approve")
    page = html(sam.get(address(second)))
    assert "Take it back" in page
    (form,) = re.findall(
        r'<form[^>]*action="([^"]*)"(?:(?!</form>).)*data-key="u"', page, re.DOTALL
    )
    assert first.filing.reference in form


def test_whoever_does_not_agree_says_why_and_the_claim_waits(rosa: Client, sam: Client) -> None:
    claim = claim_of(OLGA.files())
    does(rosa, claim, "approve", note="By phone.")
    decision = Decision.objects.filter(claim=claim).latest("pk").pk
    assert does(sam, claim, "refuse", "settle/", decision=decision).status_code == 422
    does(sam, claim, "refuse", "settle/", decision=decision, note="No photo at all.")
    assert Decision.objects.get(pk=decision).state == DecisionState.REFUSED
    assert "No photo at all." in html(rosa.get(address(claim)))


def test_a_reviewer_cannot_settle(rosa: Client) -> None:
    claim = claim_of(OLGA.files())
    approved(claim, sven(), note="By phone.")
    decision = Decision.objects.filter(claim=claim).latest("pk").pk
    assert does(rosa, claim, "confirm", "settle/", decision=decision).status_code == 403
    assert state_of(claim) == ClaimState.IN_REVIEW


def test_the_decision_of_another_claim_is_none_of_this_one(rosa: Client) -> None:
    claim, other = waiting_claim(), waiting_claim(PAVEL, SERIALS[1])
    decision = approved(other)
    assert rosa.post(address(claim, "undo/"), {"decision": decision.pk}).status_code == 404
    assert state_of(other) == ClaimState.APPROVED


def test_an_answer_is_a_message_and_moves_nothing(rosa: Client) -> None:
    claim = waiting_claim()
    owner_wrote(filing_id=claim.filing_id, text="When?", nonce="n")
    empty = rosa.post(address(claim, "message/"), {"do": "ask", "words": " "})
    assert empty.status_code == 422
    assert "Write something to the owner first." in html(empty)
    rosa.post(address(claim, "message/"), {"do": "ask", "words": "On Monday."})
    page = html(rosa.get(address(claim)))
    assert "On Monday." in page
    assert "The owner waits for an answer." not in page
    assert state_of(claim) == ClaimState.IN_REVIEW


def test_what_needs_no_answer_is_said_to_need_none(rosa: Client) -> None:
    claim = waiting_claim()
    owner_wrote(filing_id=claim.filing_id, text="Thank you.", nonce="n")
    assert "The owner waits for an answer." in html(rosa.get(address(claim)))
    rosa.post(address(claim, "message/"), {"do": "no_answer"})
    assert now(claim).filing.owner_wrote_at is None


def test_a_claim_that_waits_for_its_owner_is_given_back(rosa: Client) -> None:
    claim = waiting_claim()
    ask_owner(claim_id=claim.pk, by=sven(), seen=seen(claim), words=WORDS)
    refused = does(rosa, claim, "give_back", note="Found it.")
    assert "Its owner was not told yet. Undo the decision." in html(refused).replace("</b>", "")
    Decision.objects.filter(claim=claim).update(state=DecisionState.UNDONE)
    assert does(rosa, claim, "give_back", note="Found it.")["Location"] == address(claim)
    assert state_of(claim) == ClaimState.IN_REVIEW


def test_who_has_a_claim_open_is_taken_over_and_the_log_says_so(rosa: Client, sam: Client) -> None:
    claim = waiting_claim()
    assert sam.post(address(claim, "look/")).json() == {"is_mine": True, "name": "Sam Senior"}
    assert rosa.post(address(claim, "look/")).json()["is_mine"] is False
    rosa.post(address(claim, "look/"), {"do": "take_over"})
    assert sam.post(address(claim, "look/")).json() == {"is_mine": False, "name": "Rosa Reviewer"}
    assert log_of(Subject.CLAIM, claim.pk)[-1][2] == "looked_at"


def test_a_claim_is_made_ones_own_and_let_go(rosa: Client) -> None:
    claim = waiting_claim()
    rosa.post(address(claim, "look/"), {"do": "assign"})
    assert now(claim).assigned_to is not None
    rosa.post(address(claim, "look/"), {"do": "let_go"})
    assert now(claim).assigned_to is None


def test_taking_the_next_puts_the_one_before_aside(rosa: Client) -> None:
    claims = [waiting_claim(), waiting_claim(PAVEL, SERIALS[1]), waiting_claim(THIRD, SERIALS[2])]
    but, taken = "", []
    for _ in claims:
        answer = rosa.post("/desk/claims/next/", {"but": but})
        taken.append(answer["Location"])
        but = str(next(each.pk for each in claims if address(each) == answer["Location"]))
    assert sorted(taken) == sorted(address(each) for each in claims)
    assert rosa.post("/desk/claims/next/", {"but": but})["Location"] == "/desk/claims/"


def test_two_people_never_take_the_same_claim(rosa: Client, sam: Client) -> None:
    waiting_claim()
    waiting_claim(PAVEL, SERIALS[1])
    filtered = "/desk/claims/next/?channel=page"
    taken = {each.post(filtered)["Location"] for each in (rosa, sam)}
    assert len(taken) == 2
    assert all(where.endswith("?channel=page") for where in taken)


def test_one_looks_through_a_list_to_its_end(rosa: Client) -> None:
    first, second = waiting_claim(), waiting_claim(PAVEL, SERIALS[1])
    there = rosa.get(address(first, "to/next/?channel=page"))
    assert there["Location"] == address(second) + "?channel=page"
    back = rosa.get(address(second, "to/previous/"))
    assert back["Location"] == address(first)
    assert rosa.get(address(second, "to/next/"))["Location"] == "/desk/claims/"


@pytest.mark.parametrize("do", ["", "settle", "<script>"])
def test_a_verb_that_is_none_is_not_found(rosa: Client, do: str) -> None:
    assert does(rosa, waiting_claim(), do).status_code == 404


def test_claimed_before_is_offered_only_of_a_claim_that_goes_on(rosa: Client) -> None:
    first, second = waiting_claim(), waiting_claim()
    assert state_of(second) == ClaimState.DUPLICATE
    assert "Claimed before…" not in html(rosa.get(address(first)))
    refused = does(rosa, first, "duplicate", of=second.pk)
    assert refused.status_code == 422
    assert "does not go on" in html(refused)
    give_back(claim_id=second.pk, by=sven(), seen=seen(second), note="Two kettles, she says.")
    assert "Claimed before…" in html(rosa.get(address(second)))


def test_a_form_sent_again_after_an_undo_does_not_say_that_it_was_approved(rosa: Client) -> None:
    claim = waiting_claim()
    stamp = seen(claim)
    does(rosa, claim, "approve", seen=stamp)
    rosa.post(address(claim, "undo/"), {"decision": claim.decisions.get(by__isnull=False).pk})
    again = does(rosa, claim, "approve", seen=stamp)
    assert again.status_code == 409
    assert "approved. Its owner" not in html(again)
    assert state_of(claim) == ClaimState.IN_REVIEW


def test_a_claim_is_given_to_a_colleague_which_the_log_says(rosa: Client) -> None:
    claim = waiting_claim()
    other = staff(Role.SENIOR_REVIEWER, name="Rosa Reviewer", email="other@staff.example")
    viewer = staff(Role.VIEWER, name="Vera Viewer")
    page = html(rosa.get(address(claim, "give/")))
    assert "Vera Viewer" not in page
    for wrong in ("", "x", str(viewer.pk)):
        assert rosa.post(address(claim, "give/"), {"to": wrong}).status_code == 422
    assert rosa.post(address(claim, "give/"), {"to": str(other.pk)}).status_code == 303
    assert now(claim).assigned_to == other
    row = StateChange.objects.filter(subject=Subject.CLAIM, reason=Reason.ASSIGNED).latest("pk")
    assert why_of(row) == "To Rosa Reviewer"
    # Of the same name, and not the same person.
    assert "make it mine" in html(rosa.get(address(claim)))
    assert "let it go" not in html(rosa.get(address(claim)))


def test_an_appeal_that_is_open_before_whoever_declined_it_is_the_next_of_others(
    rosa: Client, sam: Client
) -> None:
    claim = waiting_claim()
    does(rosa, claim, "decline", reason="other")
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        run_jobs(tasks=["claims.tell_decision"], also_later=True)
        appeal(filing_id=claim.filing_id, text="It is mine.", nonce="n1")
        page = html(rosa.get(address(claim)))
        assert "You decided about this claim before" in page
        assert "Take it over" not in page
        assert now(claim).looked_at_by is None
        taken = sam.post("/desk/claims/next/?list=appeal")
        assert taken["Location"].startswith(address(claim))
