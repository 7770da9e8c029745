"""The narrower term counts before the wider, the newer before the older, within what is legal."""

from datetime import UTC, datetime, timedelta

import pytest

from recalldesk.accounts.errors import NotPermitted
from recalldesk.claims.models import Filing
from recalldesk.keeping.errors import HoldRefused, TermRefused
from recalldesk.keeping.kinds import Kind, bounds
from recalldesk.keeping.models import KeepingTerm
from recalldesk.keeping.setting import set_term
from recalldesk.keeping.terms import days_kept, old_before
from tests.claims.desk.people import rita
from tests.claims.owner import OLGA
from tests.keeping.kept import mona, recall, term

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


def old_of(filing: Filing) -> int:
    """The days that a query counts for a filing."""
    old = old_before(Kind.OWNER, NOW, recall="recall_id", country="country")
    moment = Filing.objects.annotate(old=old).get(pk=filing.pk).old
    return int((NOW - moment) / timedelta(days=1))


def test_todays_terms_are_the_usual_ones() -> None:
    usual = {kind: each.days for kind, each in bounds().items()}
    assert usual[Kind.INCIDENTS] == 5 * 365
    assert usual[Kind.REJECTED_LINES] == 90
    assert usual[Kind.CONTACTS] == 180
    assert usual[Kind.SELLERS] == 5 * 365
    assert all(each.least <= each.days <= each.most for each in bounds().values())


def test_the_narrower_counts_and_what_was_set_can_be_taken_back() -> None:
    filing = OLGA.files()
    Filing.objects.filter(pk=filing.pk).update(country="US")
    of = {"recall_id": filing.recall_id, "country": "US"}
    assert days_kept(Kind.OWNER, **of) == old_of(filing) == 3 * 365
    steps = (
        (200, {}),
        (210, {"country": "us"}),
        (220, {"of_every_recall": False}),
        (230, {"country": "US", "of_every_recall": False}),
    )
    for days, scope in steps:
        term(Kind.OWNER, days, **scope)
        assert days_kept(Kind.OWNER, **of) == old_of(filing) == days
    for days, scope in reversed(steps):
        assert days_kept(Kind.OWNER, **of) == old_of(filing) == days
        term(Kind.OWNER, None, **scope)
    assert old_of(filing) == 3 * 365
    term(Kind.OWNER, 300, country="CA")
    assert old_of(filing) == 3 * 365


@pytest.mark.parametrize(
    ("kind", "days", "said"),
    [
        (Kind.INCIDENTS, 5 * 365 + 1, "five years at the most"),
        (Kind.INCIDENTS, 364, "too few"),
        (Kind.GIFT_CODES, 90, "no term of its own"),
        (Kind.DRAFTS, 60, "no term of its own"),
    ],
)
def test_what_the_law_does_not_let_is_refused(kind: Kind, days: int, said: str) -> None:
    with pytest.raises(TermRefused) as refused:
        term(kind, days)
    assert said in str(refused.value)
    assert not KeepingTerm.objects.exists()


def test_what_is_of_no_country_takes_no_term_of_one() -> None:
    with pytest.raises(TermRefused, match="of no country"):
        term(Kind.ORDER_FILES, 30, country="DE")
    assert not KeepingTerm.objects.exists()


def test_whoever_may_not_sets_nothing() -> None:
    with pytest.raises(NotPermitted):
        set_term(
            kind=Kind.OWNER, days=400, reason="Made up.", by=rita(), recall=recall(), country=""
        )
    with pytest.raises(TermRefused, match="reason"):
        set_term(kind=Kind.OWNER, days=400, reason=" ", by=mona(), recall=None, country="")
    with pytest.raises(HoldRefused, match="country"):
        term(Kind.OWNER, 400, country="Utopia")
