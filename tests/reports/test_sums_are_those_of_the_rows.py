"""Whatever is written, in whatever order, the sums are what the rows add up to, at once."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recalldesk.claims.models import Claim, Decision, Filing
from recalldesk.claims.states import MOVES, ClaimState, DecisionKind, DecisionState, Proof
from recalldesk.foundation import clock
from recalldesk.foundation.problem import Problem
from recalldesk.outreach.models import DirectNotice, NoticeFiling, ShopTelling, ToldOrder
from recalldesk.outreach.reach.figures import reach_of
from recalldesk.outreach.states import NOTICE_MOVES, NoticeState, OrderTold, Way
from recalldesk.purchasers.models import ContactPoint, Purchase
from recalldesk.purchasers.states import Channel, Strength
from recalldesk.remedies.actions import FIRST_GRANT
from recalldesk.remedies.corrections.reporting import take_back
from recalldesk.remedies.models import Order, ReportedCorrection
from recalldesk.remedies.placing.standing import take_standing
from recalldesk.remedies.providers.interface import Found, Standing
from recalldesk.remedies.reads import effective_remedy
from recalldesk.reports.corrections.sources import DISPOSAL
from recalldesk.reports.reach.kept import kept_reach
from recalldesk.reports.sums import contributions
from recalldesk.reports.sums.checking import check, make_anew
from recalldesk.reports.sums.folding import fold
from recalldesk.reports.sums.installing import digest, functions, triggers
from tests.cast import SERIALS, Desk
from tests.outreach.reach.told import a_notice, a_wave
from tests.outreach.told import Told
from tests.remedies.corrections.reported import report, row
from tests.remedies.ordered import ordered
from tests.reports.decided import decision
from tests.reports.summed import counted, read

pytestmark = pytest.mark.django_db
DO = st.tuples(
    st.sampled_from(
        [
            *("buy", "tell", "notice moves", "open", "begin", "claim moves", "get rid of"),
            *("order", "deliver", "return", "report", "take back", "decide", "settle"),
            *("contact goes", "leaves the recall", "comes back", "shop says", "draft goes"),
            *("fold", "anew"),
        ]
    ),
    st.integers(0, 5),
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(DO, min_size=4, max_size=24), st.booleans())
def test_the_sums_are_what_the_rows_add_up_to(
    told: Told, steps: list[tuple[str, int]], is_undone: bool
) -> None:
    with transaction.atomic():
        world = World(told)
        assert read() == counted()
        before = read()
        mark = transaction.savepoint()
        for what, number in steps:
            with suppress(Problem, DatabaseError, IndexError), transaction.atomic():
                world.do(what, number)
            assert read() == counted(), (steps, what)
        assert kept_reach(told.recall, by=told.cast.author) == reach_of(
            told.recall, by=told.cast.author
        )
        if is_undone:
            transaction.savepoint_rollback(mark)
            assert read() == before
        assert check().is_right
        transaction.set_rollback(True)


class World:
    """Two buyers with a wave, two claims of theirs, and two units."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._wave = a_wave(told.recall)
        for name in ("ana", "ben"):
            buyer = told.buyer(email=f"{name}@example.org", phone="+12025550111")
            told.purchase(buyer, units=2)
            told.claim(buyer, units=1, state=ClaimState.DRAFT)
        self._does: dict[str, Callable[[int], object]] = {
            "buy": self._buy,
            "tell": self._tell,
            "notice moves": self._notice_moves,
            "open": lambda n: _some(DirectNotice, n).update(opened_at=clock.now()),
            "begin": self._begin,
            "claim moves": self._claim_moves,
            "get rid of": self._get_rid_of,
            "order": lambda n: ordered(self._digest(n)),
            "deliver": lambda n: self._standing(n, Standing.DELIVERED),
            "return": lambda n: self._standing(n, Standing.RETURNED),
            "report": lambda n: report(
                told.recall, told.cast.approver, SERIALS[n % 2] if n < 4 else "", units=1
            ),
            "take back": self._take_back,
            "decide": self._decide,
            "settle": self._settle,
            "contact goes": lambda n: _some(ContactPoint, n).delete(),
            "leaves the recall": lambda n: _some(Purchase, n).update(unmatched_at=clock.now()),
            "comes back": lambda n: _some(Purchase, n).update(units_back=n % 3),
            "shop says": self._shop_says,
            "draft goes": lambda n: Filing.objects.filter(state="draft").delete(),
            "fold": lambda n: fold(),
            "anew": lambda n: make_anew(),
        }

    def do(self, what: str, number: int) -> None:
        """One step."""
        self._does[what](number)

    def _digest(self, number: int) -> bytes:
        unit = row(self._told.recall, SERIALS[number % 2]).unit
        assert unit is not None
        return unit.digest

    def _buy(self, number: int) -> None:
        self._told.purchase(
            self._told.buyer(phone="+12025550112") if number % 2 else None,
            units=number + 1,
            strength=Strength.WEAK if number == 5 else Strength.STRONG,
        )

    def _tell(self, number: int) -> None:
        purchase = Purchase.objects.order_by("pk")[number % 2]
        if purchase.purchaser and purchase.purchaser.contacts.count() > 1:
            a_notice(self._wave, purchase, list(Way)[number % 2], NoticeState.WAITING)

    def _notice_moves(self, number: int) -> None:
        notice = DirectNotice.objects.order_by("pk")[number % 2]
        to = sorted(NOTICE_MOVES[NoticeState(notice.state)]) or [notice.state]
        notice.state = to[number % len(to)]
        if notice.state == NoticeState.SENT:
            notice.sent_at = clock.now()
            notice.delivered_at = clock.now() if number > 2 else None
        notice.save()

    def _begin(self, number: int) -> None:
        filing = Filing.objects.order_by("pk")[number % 2]
        NoticeFiling.objects.create(notice=DirectNotice.objects.order_by("pk")[0], filing=filing)

    def _claim_moves(self, number: int) -> None:
        claim = Claim.objects.order_by("pk")[number % 2]
        to = sorted(MOVES[ClaimState(claim.state)]) or [claim.state]
        Claim.objects.filter(pk=claim.pk).update(state=to[number % len(to)])

    def _get_rid_of(self, number: int) -> None:
        changes: list[dict[str, object]] = [
            {"disposed_on": clock.now().date()},
            {"no_site_on": clock.now().date()},
            {"proof": Proof.ACCEPTED},
            {"proof": Proof.WITH_PERSON},
            {"disposed_on": None},
            {"tags": ["seen"]},
        ]
        Claim.objects.update(**changes[number])

    def _standing(self, number: int, goal: Standing) -> None:
        remedy = effective_remedy(unit_digest=self._digest(number), grant=FIRST_GRANT)
        if remedy is not None:
            Claim.objects.filter(remedy=None).order_by("pk").update(cannot_photograph=True)
            take_standing(Order.objects.get(remedy=remedy), Found("r1", goal))

    def _take_back(self, number: int) -> None:
        for kept in ReportedCorrection.objects.filter(takes_back=None).order_by("-pk")[:1]:
            take_back(number=kept.pk, by=self._told.cast.approver, note="Another unit.")

    def _decide(self, number: int) -> None:
        claim = Claim.objects.order_by("pk")[number % 2]
        decision(
            clock.now() - timedelta(days=number),
            list(DecisionKind)[number % len(DecisionKind)],
            by=self._told.cast.author if number % 2 else None,
            state=DecisionState.PROPOSED if number == 5 else DecisionState.FINAL,
            promised=clock.now().date() - timedelta(days=2),
            reasons=["no-proof", "label_unread"][: number % 3],
            claim_id=claim.pk,
        )

    def _settle(self, number: int) -> None:
        states = [DecisionState.UNDONE, DecisionState.REFUSED, DecisionState.FINAL]
        made = Decision.objects.order_by("pk")[number % 2]
        Decision.objects.filter(pk=made.pk).update(
            state=states[number % 3], settled_by=self._told.cast.approver, settled_at=clock.now()
        )

    def _shop_says(self, number: int) -> None:
        telling = ShopTelling.objects.first() or ShopTelling.objects.create(
            recall=self._told.recall,
            number=1,
            channel=Channel.AMAZON,
            shop="Madeup Stores",
            language="en",
            subject="Recall",
            body="Stop using it.",
            orders=2,
            made_by=self._told.cast.author,
        )
        purchase = Purchase.objects.order_by("pk")[number % 2]
        ToldOrder.objects.update_or_create(
            telling=telling,
            purchase=purchase,
            defaults={"outcome": list(OrderTold)[number % len(OrderTold)]},
        )


def _some(model: type, number: int):  # type: ignore[no-untyped-def]  # a manager of any model
    rows = model.objects.order_by("pk").values_list("pk", flat=True)  # type: ignore[attr-defined]
    return model.objects.filter(pk=rows[number % 2])  # type: ignore[attr-defined]


def test_what_was_written_past_the_triggers_is_found_and_mended(desk: Desk, told: Told) -> None:
    told.bought(units=3, email="ana@example.org")
    report(told.recall, told.cast.approver, units=7)
    assert check().is_right
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reports_daysum SET value = value + 1 WHERE kind = 'corrected'")
        cursor.execute("UPDATE reports_keptpurchase SET units_left = 9")
    found = check()
    assert {(each.kind, each.kept - each.counted) for each in found.differences} == {
        ("corrected", 1)
    }
    assert found.purchases == 2
    make_anew()
    assert check().is_right
    assert read() == counted()


def test_the_database_has_the_triggers_of_this_program() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, prosrc FROM pg_proc WHERE proname LIKE 'recalldesk\\_sums\\_%'"
        )
        assert dict(cursor.fetchall()) == functions()
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger"
            " WHERE tgname LIKE 'recalldesk\\_sums\\_%' AND tgenabled = 'A'"
        )
        assert set(cursor.fetchall()) == set(triggers())


def test_the_migration_says_what_it_installs() -> None:
    migration = import_module("recalldesk.reports.migrations.0003_sums_of_the_rows_that_are_there")
    assert digest() == migration.INSTALLS


def test_disposal_is_kept_by_the_same_rules_as_its_rows_are_found() -> None:
    assert contributions.DISPOSAL.keys() == DISPOSAL.keys()
