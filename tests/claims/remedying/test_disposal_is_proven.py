"""Where the recall asks for a photo of how the unit was got rid of: sent, accepted, asked anew."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason
from recalldesk.claims.desk.disposing import (
    accept_proof,
    note_told,
    proofs_waiting,
    refuse_proof,
)
from recalldesk.claims.desk.errors import NotDecidable
from recalldesk.claims.errors import FieldsRefused, NotPossibleNow
from recalldesk.claims.following import confirm_disposal, say_no_site
from recalldesk.claims.jobs import go_on
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.remedying.ordering import order_due
from recalldesk.claims.remedying.proof_rule import ProofFacts, ruling_on_proof
from recalldesk.claims.remedying.proving import prove_disposal
from recalldesk.claims.states import ClaimState, Proof
from recalldesk.evidence.actions import receive_photo
from recalldesk.evidence.states import PhotoKind, PhotoState
from recalldesk.foundation import clock
from recalldesk.recalls.document.remedy import ProofBy
from tests.at_the_desk import sign_in, staff
from tests.cast import SERIALS, Desk
from tests.claims.deciding.filed import owner, sent
from tests.claims.owner import (
    KETTLE,
    claim_of,
    letters_of,
    sends,
    settles,
    state_of,
    text_with_all_remedies,
)
from tests.portal.claims.filed import Follower
from tests.worked import run_jobs

pytestmark = [pytest.mark.django_db]
LATER = timedelta(days=8)


def text(moment: str = "before_remedy", proof_by: str = "rule") -> str:
    """The recall file of kettles of which disposal is to be proven."""
    found = text_with_all_remedies()
    for before, after in (
        ('attestation = "promised"', f'attestation = "proven"\nproof_by = "{proof_by}"'),
        ('moment = "after_remedy"', f'moment = "{moment}"'),
    ):
        assert before in found
        found = found.replace(before, after)
    return found


def approved(number: int = 1) -> Filing:
    filing = sent(owner(number), SERIALS[number - 1], remedy=KETTLE)
    assert state_of(filing) == ClaimState.APPROVED
    return filing


def ordered_later() -> int:
    with time_machine.travel(clock.now() + LATER, tick=False):
        return order_due()


def looked_after(
    filing: Filing, to: PhotoState = PhotoState.CLEAN, content: bytes = b"a bin"
) -> Claim:
    """A photo sent by the page, and what its jobs make of it."""
    claim = claim_of(filing)
    photo = receive_photo(
        evidence_set=claim.evidence, kind=PhotoKind.DISPOSAL, chunks=[content, to.encode()]
    )
    prove_disposal(filing_id=filing.pk, position=1)
    assert claim_of(filing).proof == Proof.WAITING
    with transaction.atomic():
        settles(photo, to)
    run_jobs(tasks=["claims.evidence_settled"])
    return claim_of(filing)


def photographed(filing: Filing, content: bytes = b"bin") -> Claim:
    """A photo that can be seen."""
    return looked_after(filing, content=content + b"%d" % filing.pk)


def test_the_remedy_waits_for_the_photo_and_goes_on_once_the_rule_accepts_it(
    kettles: Desk,
) -> None:
    kettles.published(text())
    filing = approved()
    assert ordered_later() == 0
    claim = photographed(filing)
    assert (claim.proof, claim.disposed_on) == (Proof.ACCEPTED, clock.now().date())
    assert StateChange.objects.filter(reason=Reason.PROVEN).count() == 1
    assert ordered_later() == 1


def test_to_say_it_without_a_photo_is_not_enough(kettles: Desk) -> None:
    kettles.published(text())
    filing = approved()
    with pytest.raises(NotPossibleNow):
        confirm_disposal(filing_id=filing.pk, position=1)


def test_no_site_near_ends_the_wait_without_a_photo(kettles: Desk) -> None:
    kettles.published(text())
    filing = approved()
    say_no_site(filing_id=filing.pk, position=1)
    assert ordered_later() == 1
    assert claim_of(filing).proof == Proof.NONE


def test_who_cannot_take_photos_says_it(kettles: Desk) -> None:
    kettles.published(text())
    filing = approved()
    filing.claims.update(cannot_photograph=True)
    confirm_disposal(filing_id=filing.pk, position=1)
    assert ordered_later() == 1


def test_after_the_remedy_nothing_waits_for_the_photo(kettles: Desk) -> None:
    kettles.published(text("after_remedy"))
    filing = approved()
    assert ordered_later() == 1
    claim = photographed(filing)
    assert claim.proof == Proof.ACCEPTED


def test_a_photo_that_is_of_no_use_is_asked_for_anew_by_mail(kettles: Desk) -> None:
    kettles.published(text())
    filing = approved()
    before = len(letters_of(filing))
    claim = looked_after(filing, PhotoState.UNUSABLE)
    assert claim.proof == Proof.REFUSED
    assert len(letters_of(filing)) == before + 1
    assert ordered_later() == 0
    with time_machine.travel(clock.now() + timedelta(minutes=5), tick=False):
        assert photographed(filing).proof == Proof.ACCEPTED
    assert ordered_later() == 1


def test_a_photo_that_came_with_another_claim_is_a_persons(kettles: Desk) -> None:
    kettles.published(text())
    one, two = approved(1), approved(2)
    for filing in (one, two):
        looked_after(filing, content=b"the same bin")
    assert claim_of(one).proof == Proof.ACCEPTED
    assert claim_of(two).proof == Proof.WITH_PERSON


def test_a_person_accepts_it_where_the_recall_says_so(kettles: Desk) -> None:
    kettles.published(text(proof_by="person"))
    filing = approved()
    claim = photographed(filing)
    assert claim.proof == Proof.WITH_PERSON
    cast = kettles.cast
    (waiting,) = proofs_waiting(by=cast.viewer)
    assert waiting.reference == filing.reference
    with pytest.raises(NotPermitted):
        accept_proof(claim_id=claim.pk, by=cast.viewer)
    assert ordered_later() == 0
    for _ in range(2):
        accept_proof(claim_id=claim.pk, by=cast.author)
    assert claim_of(filing).proof == Proof.ACCEPTED
    assert StateChange.objects.filter(reason=Reason.PROVEN).count() == 1
    assert proofs_waiting(by=cast.viewer) == []
    assert ordered_later() == 1


def test_a_person_who_refuses_it_says_why_to_the_owner_who_sends_another(kettles: Desk) -> None:
    kettles.published(text(proof_by="person"))
    filing = approved()
    claim = photographed(filing)
    with pytest.raises(FieldsRefused):
        refuse_proof(claim_id=claim.pk, by=kettles.cast.author, words=" ")
    refuse_proof(claim_id=claim.pk, by=kettles.cast.author, words="We see a shelf only.")
    assert "We see a shelf only." in str(letters_of(filing)[-1][-1])
    assert claim_of(filing).proof == Proof.REFUSED
    prove_disposal(filing_id=filing.pk, position=1)  # nothing new came
    assert claim_of(filing).proof == Proof.REFUSED
    with time_machine.travel(clock.now() + timedelta(minutes=5), tick=False):
        assert photographed(filing, b"another bin").proof == Proof.WITH_PERSON


def test_what_an_owner_tells_by_phone_ends_the_wait_as_well(kettles: Desk) -> None:
    kettles.published(text())
    filing = approved()
    claim = claim_of(filing)
    with pytest.raises(NotDecidable):
        note_told(claim_id=claim.pk, by=kettles.cast.author, no_site=False, note="")
    note_told(claim_id=claim.pk, by=kettles.cast.author, no_site=True, note="Called today.")
    claim.refresh_from_db()
    assert (claim.no_site_on, claim.disposed_on) == (clock.now().date(), None)
    assert ordered_later() == 1


def test_a_proof_whose_job_was_lost_is_looked_at_all_the_same(kettles: Desk) -> None:
    kettles.published(text())
    filing = approved()
    claim = claim_of(filing)
    with transaction.atomic():
        settles(sends(claim, PhotoKind.DISPOSAL))
    Claim.objects.filter(pk=claim.pk).update(proof=Proof.WAITING)
    go_on(timestamp=0)
    assert claim_of(filing).proof == Proof.ACCEPTED


def test_while_the_unit_is_needed_to_decide_no_photo_is_taken_for_it(kettles: Desk) -> None:
    kettles.published(text())
    filing = sent(owner(1), "TW24013387", remedy=KETTLE)
    with pytest.raises(NotPossibleNow):
        prove_disposal(filing_id=filing.pk, position=1)


@pytest.mark.parametrize("has_picture", [True, False])
@pytest.mark.parametrize("was_seen_before", [True, False])
@pytest.mark.parametrize("is_dangerous", [True, False])
@pytest.mark.parametrize("by", list(ProofBy))
def test_the_rule_accepts_only_what_nothing_speaks_against(
    has_picture: bool, was_seen_before: bool, is_dangerous: bool, by: ProofBy
) -> None:
    facts = ProofFacts(has_picture, False, was_seen_before, is_dangerous)
    ruled = ruling_on_proof(facts, by=by)
    clear = has_picture and not was_seen_before and not is_dangerous and by is ProofBy.RULE
    assert (ruled == Proof.ACCEPTED) is clear
    assert (ruled == Proof.REFUSED) is not has_picture


def test_the_owners_page_asks_for_the_photo_and_says_what_becomes_of_it(kettles: Desk) -> None:
    kettles.published(text(proof_by="person"))
    follower = Follower(approved())
    body = follower.reads()
    assert "Send a photo of it" in body
    assert "Your claim is approved. Get rid of the product first</h1>" in body
    assert "Do so today, and your remedy is sent by" in body
    assert "I have got rid of it</button>" not in body
    assert "No place near me takes it</button>" in body
    assert '<option value="disposal" selected>' in follower.reads(
        "more-photos?unit=1&kind=disposal"
    )
    photo = SimpleUploadedFile("bin.jpg", b"made-up bytes", "image/jpeg")
    sent_ = follower.sends("more-photos", unit="1", kind="disposal", photos=photo)
    assert sent_["Location"] == follower.path("?done=proof")
    body = follower.reads("?done=proof")
    assert "We have your photo of how you got rid of it, and look at it." in body
    assert claim_of(follower.filing).proof == Proof.WAITING
    assert state_of(follower.filing) == ClaimState.APPROVED


def test_the_desk_sees_it_and_settles_it_on_the_claims_page(kettles: Desk, client: Client) -> None:
    kettles.published(text(proof_by="person"))
    filing = approved()
    photographed(filing)
    rosa = sign_in(client, staff(Role.REVIEWER))
    assert filing.reference in rosa.get("/desk/proofs/").content.decode()
    address = f"/desk/claims/{filing.reference}/1/"
    page = rosa.get(address).content.decode()
    assert "photo waits for you" in page
    assert "The remedy waits for it." in page
    assert rosa.post(f"{address}disposal/", {"do": "accept"}).status_code == 303
    assert claim_of(filing).proof == Proof.ACCEPTED
    assert "proven by a photo" in rosa.get(address).content.decode()
