"""Where it is in doubt whether a purchaser filed a claim, somebody is asked about the two."""

import pytest

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.models import Filing
from recalldesk.purchasers.looking import show_both
from recalldesk.purchasers.models import Join, SamePersonQuestion
from recalldesk.purchasers.people.keeping import keep_people_current
from recalldesk.purchasers.people.tying import tie_filings
from recalldesk.purchasers.people.untying import let_go_of_erased
from recalldesk.purchasers.reads.questions import question_page, questions_listed
from recalldesk.purchasers.reads.story import purchaser_story
from recalldesk.purchasers.settling import settle_question
from recalldesk.purchasers.states import ContactKind, QuestionState
from tests.cast import AFFECTED
from tests.claims.owner import KETTLE, Owner
from tests.purchasers.shops import Shops, Sold

pytestmark = pytest.mark.django_db
PHONE = "+12025550142"
ELSEWHERE = ("9 Sample Road", "Madeup Falls", "OR", "97201", "US")


@pytest.fixture
def filing(shops: Shops) -> Filing:
    """Of somebody with the number and the given name of a purchaser, and another family name."""
    shops.took(
        Sold("1001", customer="Ana Exampleton", mail="", phone=PHONE, place=ELSEWHERE),
        Sold("1002", customer="Ben Sample", mail="ben@example.org", phone=""),
    )
    owner = Owner(name="Ana Quispe-Made-Up", email="ana.quispe@home.example", phone=PHONE)
    return owner.files(AFFECTED, remedy=KETTLE)


@pytest.fixture
def question(shops: Shops, filing: Filing) -> SamePersonQuestion:
    assert tie_filings() == 1
    return SamePersonQuestion.objects.get()


def settle(shops: Shops, question: SamePersonQuestion, state: QuestionState) -> None:
    settle_question(recall=shops.recall, number=question.pk, by=shops.by, state=state)


def test_it_is_asked_once_and_shown_masked(
    shops: Shops, filing: Filing, question: SamePersonQuestion
) -> None:
    assert (question.filing, question.second, question.source) == (filing, None, "rule")
    assert not Join.objects.exists()
    for _ in range(2):
        keep_people_current(shops.recall, with_review=True)
        assert SamePersonQuestion.objects.get() == question, "asked once"
    (row,) = questions_listed(shops.recall, by=shops.by).rows
    assert (row.filing, row.second.name) == (filing.reference, "A. Q.")
    seen = question_page(shops.recall, question.pk, by=shops.by)
    assert (seen.claims, seen.shared, seen.same_name) == (1, {ContactKind.PHONE}, False)
    assert PHONE not in [each.value for each in seen.row.second.contacts]
    story = purchaser_story(shops.recall, question.first_id, by=shops.by)
    assert story.questions == (question.pk,)


def test_one_person_ties_the_claim_and_two_undoes_it(
    shops: Shops, filing: Filing, question: SamePersonQuestion
) -> None:
    settle(shops, question, QuestionState.ONE)
    join = Join.objects.get()
    assert (join.filing, join.by, join.reasons) == (filing, shops.by, ["settled"])
    keep_people_current(shops.recall)
    assert Join.objects.get() == join, "what was settled is obeyed"
    settle(shops, question, QuestionState.TWO)
    assert not Join.objects.exists()
    keep_people_current(shops.recall)
    assert (Join.objects.count(), SamePersonQuestion.objects.get().state) == (0, "two")


def test_another_question_of_the_same_purchaser_does_not_lose_it(
    shops: Shops, question: SamePersonQuestion
) -> None:
    other = SamePersonQuestion.objects.create(
        recall=shops.recall,
        first=question.first,
        second=shops.recall.purchasers.exclude(pk=question.first_id).get(),
        source="review",
        reasons=["likely"],
        weight=0.5,
    )
    settle(shops, other, QuestionState.TWO)
    question.refresh_from_db()
    assert question.state == QuestionState.OPEN


def test_both_in_full_stand_in_the_log_of_each(
    shops: Shops, filing: Filing, question: SamePersonQuestion
) -> None:
    full = show_both(recall=shops.recall, number=question.pk, by=shops.by, reason="To compare")
    assert (full.row.first.name, full.row.second.name) == ("Ana Exampleton", "Ana Quispe-Made-Up")
    logged = StateChange.objects.filter(reason=Reason.PERSONAL_SHOWN)
    assert {each.subject for each in logged} == {Subject.PURCHASER, Subject.CLAIM}


def test_nobody_is_asked_about_a_filing_that_was_erased(
    shops: Shops, filing: Filing, question: SamePersonQuestion
) -> None:
    gone = ("sealed_name", "sealed_email", "email_digest", "sealed_phone", "phone_digest")
    Filing.objects.filter(pk=filing.pk).update(
        state="erased",
        erased_at=filing.filed_at,
        **dict.fromkeys((*gone, "sealed_address", "sealed_payee"), b""),
    )
    let_go_of_erased()
    assert not SamePersonQuestion.objects.exists()
