"""What is said of a claim's serial is looked up at the moment at which somebody decides."""

import pytest

from recalldesk.audit.states import Reason
from recalldesk.claims.deciding.leading import newer_of
from recalldesk.claims.desk.deciding import approve_claim
from recalldesk.claims.desk.errors import NewLeads
from recalldesk.claims.units_named import found_now
from recalldesk.units.verdict.answer import Verdict
from tests.cast import SERIALS, Desk
from tests.claims.desk.people import now, rita, seen, waiting_claim
from tests.claims.owner import text_with_all_remedies
from tests.units.test_publishing import override

pytestmark = [pytest.mark.django_db]


def test_a_version_without_the_serial_is_seen_before_anybody_approves(desk: Desk) -> None:
    claim = waiting_claim()
    assert found_now(claim) == claim.found == Verdict.AFFECTED
    assert not newer_of(now(claim))
    text = text_with_all_remedies().replace("units = 5", "units = 4", 1)
    draft = desk.apply(text)
    desk.take(draft, SERIALS[1:], replace=True)
    draft = desk.approve(draft)
    override(draft, Reason.SERIALS_DROPPED, desk.cast.author, desk.cast.approver)
    desk.publish(draft)
    newer = newer_of(now(claim))
    assert newer.is_delisted
    assert newer.found not in ("", Verdict.AFFECTED)
    with pytest.raises(NewLeads):
        approve_claim(claim_id=claim.pk, by=rita(), seen=seen(claim))
