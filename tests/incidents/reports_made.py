"""A made-up report, and who made it."""

from decimal import Decimal
from typing import Any

from recalldesk.incidents.actions import Teller, teller_of
from recalldesk.incidents.models import Incident
from recalldesk.incidents.reporting import take_report
from recalldesk.incidents.states import Care, Happened
from recalldesk.incidents.story import Damaged, Hurt, Story
from tests.claims.owner import OLGA, the_recall

BURNT = Hurt(Care.DOCTOR, "34", "A burnt hand, made up.")
STORY = Story(
    happened=Happened.FIRE,
    account="It burnt on the table, made up.",
    hurt=(BURNT,),
    damaged=(Damaged(Decimal(90), "USD", "A table, made up."),),
)


def reported(story: Story = STORY, *, nonce: str = "form-1", **more: Any) -> Incident:
    return take_report(live=the_recall(), language="en", story=story, nonce=nonce, **more)


def teller_known() -> Teller:
    return teller_of(name="Olga", contact=OLGA.email, live=the_recall())
