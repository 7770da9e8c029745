"""Some made-up owners tell of harm or a near miss, and the desk is written to at once."""

import secrets
from collections.abc import Sequence

from recalldesk.drill.owners import MadeUpOwner
from recalldesk.incidents.actions import Teller
from recalldesk.incidents.models import Incident
from recalldesk.incidents.reporting import take_report
from recalldesk.incidents.states import Happened
from recalldesk.incidents.story import Story
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import LiveRecall

WHAT = (Happened.SMOKE, Happened.HEAT, Happened.FIRE)
WORDS = "Made up for a drill: nothing happened to anybody."


def tell_incidents(live: LiveRecall, owners: Sequence[MadeUpOwner]) -> int:
    """By the form's own action; how many told."""
    telling = [each for each in owners if each.tells]
    for each in telling:
        take_report(
            live=live,
            language=live.document.languages[0],
            story=Story(
                happened=WHAT[each.number % len(WHAT)],
                product_key=each.product,
                serial=each.serial,
                account=WORDS,
            ),
            teller=Teller(each.name, each.email, ""),
            nonce=secrets.token_hex(12),
        )
    return len(telling)


def count_incidents(recall: Recall) -> tuple[int, int]:
    """How many are kept, and how many letters the desk got of them."""
    letters = Mailing.objects.filter(purpose=Purpose.INCIDENT_TO_DESK)
    return Incident.objects.filter(recall=recall).count(), letters.count()
