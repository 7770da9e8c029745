"""Purchasers of several channels, and owners who claim, are joined with reasons, or asked about."""

from collections.abc import Sequence

import pytest

from recalldesk.accounts.errors import NotPermitted
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason, Subject
from recalldesk.purchasers.errors import NoSuchPurchaser, QuestionRefused
from recalldesk.purchasers.looking import show_both
from recalldesk.purchasers.models import Join, Person, Purchaser, SamePersonQuestion
from recalldesk.purchasers.people.assigning import assigned
from recalldesk.purchasers.people.keeping import keep_people_current
from recalldesk.purchasers.people.tying import tie_filings
from recalldesk.purchasers.people.untying import let_go_of_erased
from recalldesk.purchasers.reads.questions import question_page, questions_listed
from recalldesk.purchasers.reads.story import purchaser_story
from recalldesk.purchasers.settling import settle_question
from recalldesk.purchasers.states import Channel, QuestionState
from tests.cast import AFFECTED, Desk
from tests.claims.owner import KETTLE, Owner
from tests.purchasers.shops import ALIAS, NEW_ORDERS, Shops, Sold, amazon

pytestmark = pytest.mark.django_db
PLACE_OF_BEN = ("7 Sample Road", "Madeup Falls", "OR", "97201", "US")


def amazon_order(
    name: str, street: str = "12 Example Street", email: str = ALIAS
) -> dict[str, str]:
    new = {"order-id": f"111-{name}", "order-item-id": "7", "sku": "TW-K20"}
    new |= {"purchase-date": "2024-06-01T10:00:00+00:00", "quantity-purchased": "1"}
    new |= {"buyer-email": email, "buyer-name": name, "recipient-name": name}
    new |= {"ship-address-1": street, "ship-city": "Springfield", "ship-state": "IL"}
    return new | {"ship-postal-code": "62704", "ship-country": "US", "product-name": "Kettle"}


def take_amazon(shops: Shops, *orders: dict[str, str]) -> None:
    shops.take(shops.file(amazon(NEW_ORDERS, *orders), ".txt"), channel=Channel.AMAZON)


def persons() -> int:
    return Person.objects.count()


def test_one_who_bought_in_two_channels_is_one_person_with_a_reason(shops: Shops) -> None:
    shops.took(Sold("1001"), Sold("1002", customer="Ben Sample", mail="ben@example.org", phone=""))
    take_amazon(shops, amazon_order("Ana Example"))
    assert (Purchaser.objects.count(), persons()) == (3, 3)
    found = keep_people_current(shops.recall)
    assert (found.purchasers, found.persons, found.joins) == (3, 2, 1)
    join = Join.objects.get()
    assert "same_name" in join.reasons
    assert join.by is None
    assert keep_people_current(shops.recall) == found
    assert Join.objects.get() == join


def test_an_alias_joins_nobody(shops: Shops) -> None:
    take_amazon(
        shops,
        amazon_order("Ana Example"),
        amazon_order("Otto Sample", street="99 Sample Road"),
    )
    found = keep_people_current(shops.recall)
    assert (found.purchasers, found.persons, found.joins) == (2, 2, 0)


def test_a_household_stays_two(shops: Shops) -> None:
    shops.took(
        Sold("1001", customer="Ana Example", mail="ana@example.org", phone=""),
        Sold("1002", customer="Otto Example", mail="otto@example.org", phone=""),
    )
    assert keep_people_current(shops.recall).persons == 2


def test_the_review_asks_about_whom_the_rules_leave_and_joins_nobody(shops: Shops) -> None:
    shops.took(
        Sold("1001", customer="Annabella Examplewood", mail="annabella@example.org", phone=""),
        Sold("1002", customer="Anabela Exampelwood", mail="a.examplewood@example.com", phone=""),
        Sold("1003", customer="Ben Sample", mail="ben@example.org", place=PLACE_OF_BEN),
    )
    rules = keep_people_current(shops.recall)
    reviewed = keep_people_current(shops.recall, with_review=True)
    assert reviewed.persons == rules.persons
    assert reviewed.questions >= rules.questions
    assert keep_people_current(shops.recall, with_review=True) == reviewed


@pytest.fixture
def question(shops: Shops) -> SamePersonQuestion:
    """Two about whom the rules are in doubt, or somebody would ask."""
    shops.took(
        Sold("1001", customer="Ana Example", mail="ana@example.org", phone=""),
        Sold("1002", customer="Ana Sample", mail="as@example.com", phone=""),
    )
    keep_people_current(shops.recall)
    first, second = Purchaser.objects.order_by("pk")
    asked = SamePersonQuestion.objects.filter(first=first, second=second).first()
    return asked or SamePersonQuestion.objects.create(
        recall=shops.recall,
        first=first,
        second=second,
        source="review",
        reasons=["likely"],
        weight=0.5,
    )


def test_who_is_settled_as_one_is_joined_at_once_and_stays_so(
    question: SamePersonQuestion, shops: Shops
) -> None:
    assert [each.number for each in questions_listed(shops.recall, by=shops.by).rows] == [
        question.pk
    ]
    settle(shops, question, QuestionState.ONE)
    assert persons() == 1
    join = Join.objects.get()
    assert (join.by, join.reasons) == (shops.by, ["settled"])
    assert keep_people_current(shops.recall).persons == 1
    assert questions_listed(shops.recall, by=shops.by).rows == ()
    change = StateChange.objects.get(subject=Subject.SAME_PERSON)
    assert (change.reason, change.to_state) == (Reason.ONE_PERSON, "one")


def test_who_is_settled_as_two_is_parted_at_once_and_stays_so(
    question: SamePersonQuestion, shops: Shops
) -> None:
    settle(shops, question, QuestionState.ONE)
    settle(shops, question, QuestionState.TWO)
    assert (persons(), Join.objects.count()) == (2, 0)
    assert keep_people_current(shops.recall).persons == 2
    settle(shops, question, QuestionState.TWO)
    assert StateChange.objects.filter(subject=Subject.SAME_PERSON).count() == 2


def test_what_is_settled_is_not_opened_again(question: SamePersonQuestion, shops: Shops) -> None:
    settle(shops, question, QuestionState.ONE)
    with pytest.raises(QuestionRefused):
        settle(shops, question, QuestionState.OPEN)


def test_only_who_may_settles_and_each_question_is_of_its_recall(
    question: SamePersonQuestion, shops: Shops, desk: Desk
) -> None:
    with pytest.raises(NotPermitted):
        settle_question(
            recall=shops.recall,
            number=question.pk,
            by=desk.cast.viewer,
            state=QuestionState.ONE,
        )
    with pytest.raises(NoSuchPurchaser):
        question_page(shops.recall, question.pk + 1, by=shops.by)


def test_both_stand_side_by_side_masked_unless_asked_for_in_full_and_then_logged(
    question: SamePersonQuestion, shops: Shops, desk: Desk
) -> None:
    seen = question_page(shops.recall, question.pk, by=desk.cast.viewer)
    assert (seen.row.first.name, seen.row.second.name) == ("A. E.", "A. S.")
    assert len(seen.bought_by_first) == 1
    assert not StateChange.objects.filter(reason=Reason.PERSONAL_SHOWN).exists()
    asked = {"recall": shops.recall, "number": question.pk, "reason": "Made up."}
    full = show_both(by=shops.by, **asked)
    assert full.row.first.name == "Ana Example"
    assert StateChange.objects.filter(reason=Reason.PERSONAL_SHOWN).count() == 2
    with pytest.raises(NotPermitted):
        show_both(by=desk.cast.viewer, **asked)


def test_a_claim_of_the_same_person_is_tied_and_let_go_once_it_is_erased(shops: Shops) -> None:
    owner = Owner(name="Olga Quispe-Made-Up", email="olga.quispe@home.example")
    shops.took(Sold("1001", customer=owner.name, mail=owner.email, phone=""))
    filing = owner.files(AFFECTED, remedy=KETTLE)
    assert tie_filings() == 1
    assert tie_filings(every=True) == 0
    number = Purchaser.objects.get().pk
    story = purchaser_story(shops.recall, number, by=shops.by)
    assert [(each.reference, each.claims) for each in story.filings] == [(filing.reference, 1)]
    assert [each.found_in[0].line for each in story.bought] == [2]
    keep_people_current(shops.recall)
    assert Join.objects.get().filing == filing
    type(filing).objects.filter(pk=filing.pk).update(
        state="erased",
        erased_at=filing.filed_at,
        sealed_name=b"",
        sealed_email=b"",
        email_digest=b"",
        sealed_phone=b"",
        phone_digest=b"",
        sealed_address=b"",
        sealed_payee=b"",
    )
    assert let_go_of_erased() == 1


@pytest.mark.parametrize(
    ("now", "clusters", "changed", "without"),
    [
        ({1: 10, 2: 20}, [(1, 2)], {2: 10}, []),
        ({1: 10, 2: 10}, [], {}, [(2,)]),
        ({1: 10, 2: 10, 3: 10}, [(2, 3)], {}, [(1,)]),
        ({1: 10, 2: 20, 3: 20}, [(1, 2)], {2: 10}, []),
        ({1: 10, 2: 10, 3: 10, 4: 10}, [(1, 2), (3, 4)], {}, [(3, 4)]),
    ],
)
def test_persons_are_given_out_so_that_each_is_of_one_cluster(
    now: dict[int, int],
    clusters: Sequence[tuple[int, ...]],
    changed: dict[int, int],
    without: list[tuple[int, ...]],
) -> None:
    assert assigned(now, clusters) == (changed, without)


def settle(shops: Shops, question: SamePersonQuestion, state: QuestionState) -> None:
    settle_question(
        recall=shops.recall, number=question.pk, by=shops.by, state=state, reason="Called them."
    )
