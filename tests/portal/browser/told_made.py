"""Notices for the served desk, and the tokens of their links, in a file for the browser."""

import json
from pathlib import Path

from recalldesk.claims.models import Filing
from recalldesk.claims.states import FilingState
from recalldesk.foundation import clock
from recalldesk.outreach.answering.actions import answer
from recalldesk.outreach.answering.next_owner import NextOwner
from recalldesk.outreach.answering.opening import begin_claim
from recalldesk.outreach.answering.seen import seen_notice
from recalldesk.outreach.audience.asked import Audience
from recalldesk.outreach.links import token_of
from recalldesk.outreach.models import DirectNotice
from recalldesk.outreach.states import AnswerKind
from recalldesk.purchasers.models import Purchaser
from recalldesk.purchasers.states import Strength
from tests.cast import make_cast
from tests.outreach.told import PLACE, Told

FILE = "told.json"
RECALL, PRODUCT = "anker-a1263", "a1263"


def make_notices(folder: Path) -> None:
    """Sends them, has some answered, and writes what opens them."""
    told = Told(make_cast(), slug=RECALL)
    buyers = {
        "fresh": _bought(told, "fresh"),
        "several": _bought(told, "several", units=3),
        "sold": _bought(told, "sold"),
        "done": _bought(told, "done"),
        "silent": _bought(told, "silent"),
        "filed": _bought(told, "filed"),
    }
    wave = told.sent()
    notices = {name: told.notice(wave, buyer) for name, buyer in buyers.items()}
    perhaps = told.buyer("Perhaps Example", email="perhaps@example.org")
    told.purchase(perhaps, product=PRODUCT, strength=Strength.WEAK)
    second = told.sent(audience=Audience(strength=Strength.WEAK))
    notices["perhaps"] = told.notice(second, perhaps)
    next_owner = NextOwner("", "next@example.org")
    sold = answer(notice=notices["sold"], kind=AnswerKind.SOLD, next_owner=next_owner)
    answer(notice=notices["done"], kind=AnswerKind.DONE_ALREADY)
    notices["next"] = sold.led_to.get()
    _file(notices["filed"])
    tokens = {name: token_of(notice) for name, notice in notices.items()}
    (folder / FILE).write_text(json.dumps(tokens), encoding="utf-8")


def _bought(told: Told, name: str, units: int = 1) -> Purchaser:
    buyer = told.buyer(f"{name.title()} Example", email=f"{name}@example.org", address=PLACE)
    told.purchase(buyer, product=PRODUCT, units=units)
    return buyer


def _file(notice: DirectNotice) -> None:
    seen = seen_notice(notice)
    assert seen is not None
    filing, _ = begin_claim(seen=seen, language="en")
    Filing.objects.filter(pk=filing.pk).update(state=FilingState.FILED, filed_at=clock.now())
