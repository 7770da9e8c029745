"""The proof of one purchaser: where they were found, what they were told, and what came back."""

import pytest

from recalldesk.accounts.errors import NotPermitted
from recalldesk.audit.actions import record_change
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.models import Filing
from recalldesk.claims.states import FilingState
from recalldesk.foundation import clock
from recalldesk.outreach.models import Answer, NoticeFiling, Suppressed, WaveText
from recalldesk.outreach.proof.gathering import proof_of
from recalldesk.outreach.states import AnswerKind, NoticeState, Suppression, Way
from recalldesk.purchasers.errors import NoSuchPurchaser
from recalldesk.purchasers.models import Purchase
from tests.cast import Desk
from tests.outreach.reach.told import a_notice, a_wave
from tests.outreach.told import Told
from tests.purchasers.shops import Shops, Sold

pytestmark = pytest.mark.django_db


@pytest.fixture
def bought(shops: Shops) -> Purchase:
    shops.took(Sold("1001", pieces="2"), Sold("1002"))
    return Purchase.objects.order_by("pk")[0]


def test_it_says_file_line_way_words_and_what_came_back(
    shops: Shops, bought: Purchase, desk: Desk
) -> None:
    wave = a_wave(shops.recall)
    WaveText.objects.create(
        wave=wave, way=Way.EMAIL, language="en", subject="Safety recall", body="Stop using it."
    )
    notice = a_notice(wave, bought, Way.EMAIL)
    notice.sent_at = clock.now()
    notice.save(update_fields=["sent_at"])
    record_change(
        subject=Subject.NOTICE,
        subject_id=notice.pk,
        from_state=NoticeState.WAITING,
        to_state=NoticeState.SENT,
        actor=Actor.MACHINE,
        recall_id=shops.recall.pk,
    )
    Answer.objects.create(notice=notice, kind=AnswerKind.THREW_AWAY, units=2)
    proof = proof_of(shops.recall, bought.purchaser_id, by=desk.cast.viewer)
    first, second = proof.purchases
    (found,) = first.found
    assert (found.line, len(found.sha256), found.channel) == (2, 64, "generic")
    assert (first.match, first.reasons) == ("strong", ("names a number of the product",))
    (told,) = proof.notices
    assert told.purchases == (first.number,)
    assert (told.subject, told.body, len(told.text)) == ("Safety recall", "Stop using it.", 64)
    assert notice.random_id.hex in told.message_id
    assert [answer.kind for answer in told.answers] == ["Threw it away"]
    assert [entry.moved for entry in told.log] == ["waiting → sent"]
    assert proof.conclusion.startswith("Of 2 affected purchases: 1 told directly, first on ")
    assert proof.conclusion.endswith("1 not told so far.")
    assert second.number not in told.purchases


def test_what_was_only_begun_by_a_link_was_not_filed(
    shops: Shops, bought: Purchase, desk: Desk
) -> None:
    notice = a_notice(a_wave(shops.recall), bought, Way.EMAIL)
    told = Told(desk.cast)
    filed = told.claim()
    begun = Filing.objects.create(
        key="madeupdraft",
        reference="MADEUP-DRAFT",
        recall=shops.recall,
        version=told.version,
        brand="tidewater",
        country="US",
        language="en",
        state=FilingState.DRAFT,
    )
    for each in (filed, begun):
        NoticeFiling.objects.create(notice=notice, filing=each)
    proof = proof_of(shops.recall, bought.purchaser_id, by=desk.cast.viewer)
    (shown,) = proof.notices
    assert (shown.filings, shown.begun) == ((filed.reference,), (begun.reference,))
    assert proof.filings == (filed.reference,)


def test_it_is_masked_unless_somebody_says_why_and_that_is_logged(
    shops: Shops, bought: Purchase, desk: Desk
) -> None:
    notice = a_notice(a_wave(shops.recall), bought, Way.EMAIL)
    masked = proof_of(shops.recall, bought.purchaser_id, by=desk.cast.viewer)
    assert "ana@example.org" not in repr(masked.notices) + repr(masked.contacts)
    with pytest.raises(NotPermitted):
        proof_of(shops.recall, bought.purchaser_id, by=desk.cast.viewer, full_because="An audit.")
    whole = proof_of(
        shops.recall, bought.purchaser_id, by=desk.cast.author, full_because="An audit."
    )
    assert whole.name == "Ana Example"
    assert {each.to for each in whole.contacts} >= {"ana@example.org", "+12025550111"}
    assert [each.notices for each in whole.contacts if each.kind == "email"] == [(notice.pk,)]
    assert whole.purchases[0].order == "1001"
    assert StateChange.objects.filter(
        subject=Subject.PURCHASER, reason=Reason.PERSONAL_SHOWN
    ).exists()


def test_whom_nobody_writes_to_stands_in_it(shops: Shops, bought: Purchase, desk: Desk) -> None:
    notice = a_notice(a_wave(shops.recall), bought, Way.EMAIL, NoticeState.BOUNCED)
    Suppressed.objects.create(
        contact_digest=bytes(notice.contact_digest),
        way=Way.EMAIL,
        reason=Suppression.BOUNCED,
        notice=notice,
    )
    proof = proof_of(shops.recall, bought.purchaser_id, by=desk.cast.viewer)
    (not_written,) = proof.not_written
    assert (not_written.way, not_written.everywhere) == ("E-mail", True)
    assert proof.conclusion == "Of 2 affected purchases: 2 not told so far."


def test_a_number_of_nobody_is_said(shops: Shops, desk: Desk) -> None:
    with pytest.raises(NoSuchPurchaser):
        proof_of(shops.recall, 999_999, by=desk.cast.viewer)
