"""Claims at every stage for the served desk, and what opens each, in a file for the browser."""

import json
from datetime import date, timedelta
from pathlib import Path

from recalldesk.audit.states import Actor
from recalldesk.claims.access import issue_pass, new_link
from recalldesk.claims.models import AccessLink, Claim, Filing, Message, Pass
from recalldesk.claims.reads import seen_filing
from recalldesk.claims.states import ClaimState, Direction
from recalldesk.evidence.actions import receive_photo
from recalldesk.evidence.moving import move
from recalldesk.evidence.states import PhotoKind, PhotoProblem, PhotoState
from recalldesk.foundation import clock
from recalldesk.incidents.actions import obtain_incident, tell_more
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import MailingState
from recalldesk.recalls.reads import live_recall
from recalldesk.sealing.fields_of_rows import sealed
from tests.portal.browser.reading_made import make_readings
from tests.portal.claims.coded import with_code
from tests.portal.claims.filed import filed, moved
from tests.portal.claims.listed import a_school, claimed

FILE = "claims.json"
ERASED = 24
"""One for each time that a browser erases one."""
TO_COME = timedelta(days=300)


def make_claims(folder: Path) -> None:
    """Files the claims and writes what opens them."""
    made: dict[str, Filing] = {}
    states = [
        ClaimState.IN_REVIEW,
        ClaimState.REMEDY_ORDERED,
        ClaimState.REMEDY_SENT,
        ClaimState.SETTLED,
        ClaimState.WITHDRAWN,
        ClaimState.DUPLICATE,
    ]
    for place, state in enumerate(states):
        made[state.value] = moved(filed(folder, first=100 + place), state)
    made["declined"] = _with_messages(moved(filed(folder, first=110), ClaimState.DECLINED))
    asked = _with_photos(filed(folder, first=111))
    made["needs_owner"] = _with_messages(moved(asked, ClaimState.NEEDS_OWNER))
    made["approved"] = moved(filed(folder, first=112), ClaimState.APPROVED)
    made["late"] = filed(folder, first=113)
    Claim.objects.filter(filing=made["late"]).update(promised_on=date(2020, 1, 3))
    made["several"] = moved(filed(folder, first=114, units=4), ClaimState.APPROVED, position=2)
    made["came_back"] = _unreached(filed(folder, first=120))
    made["dangerous"] = _dangerous()
    for number in range(ERASED):
        made[f"erased-{number}"] = moved(filed(folder, first=10 + number), ClaimState.SETTLED)
    made["coded"] = with_code(folder, first=130)
    made["coded_twice"] = with_code(folder, units=2, codes=("LONG2345" * 4, "MADE-UP77"), first=131)
    made["list"] = a_school(folder)
    made["list_claimed"] = claimed(a_school(folder, first=60))
    made |= make_readings(folder)
    opens = {name: _opens(filing) for name, filing in made.items()}
    opens["old_link"] = {"link": _old_link(made["in_review"])}
    (folder / FILE).write_text(json.dumps(opens), encoding="utf-8")


def _opens(filing: Filing) -> dict[str, str]:
    token = issue_pass(filing=filing)
    filing.passes.update(expires_at=clock.now() + TO_COME, fresh_until=clock.now() + TO_COME)
    unproved = issue_pass(filing=filing)
    Pass.objects.filter(pk=filing.passes.latest("pk").pk).update(expires_at=clock.now() + TO_COME)
    return {
        "key": filing.key,
        "pass": token,
        "unproved": unproved,
        "link": new_link(filing=filing),
    }


def _old_link(filing: Filing) -> str:
    token = new_link(filing=filing)
    AccessLink.objects.filter(pk=filing.links.latest("pk").pk).update(expires_at=clock.now())
    return token


def _with_messages(filing: Filing) -> Filing:
    texts = [
        (Direction.FROM_OWNER, "Made up: where do I throw it away, and who pays for that?"),
        (Direction.FROM_DESK, "Made up: please send a photo of the label in daylight.\n\nThanks."),
    ]
    for direction, text in texts:
        Message.objects.create(
            filing=filing,
            direction=direction,
            sealed_text=sealed(Message, "sealed_text", text, recall_id=filing.recall_id),
            nonce=direction,
        )
    return filing


def _with_photos(filing: Filing) -> Filing:
    evidence = seen_filing(filing).units[0].evidence
    for kind in (PhotoKind.LABEL, PhotoKind.MARKING):
        photo = receive_photo(evidence_set=evidence, kind=kind, chunks=[b"made up"])
    move(photo, PhotoState.SCANNING, actor=Actor.MACHINE)
    photo.problem = PhotoProblem.DAMAGED
    move(photo, PhotoState.UNUSABLE, actor=Actor.MACHINE)
    return filing


def _unreached(filing: Filing) -> Filing:
    Mailing.objects.filter(filing_id=filing.pk).update(
        state=MailingState.BOUNCED, sealed_content=b"", ended_at=clock.now()
    )
    filing.unreached_since = clock.now()
    filing.save()
    return filing


def _dangerous() -> Filing:
    live = live_recall("anker-a1263")
    incident = obtain_incident(live=live, language="en")
    told = tell_more(
        incident_id=incident.pk,
        live=live,
        brand="anker",
        name="Made-up Owner",
        contact="202-555-0143",
        account="Made up: it smoked.",
    )
    assert told.filing is not None
    return told.filing
