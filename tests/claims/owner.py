"""A made-up owner who claims for kettles, and a kettle recall that offers every kind of remedy."""

from dataclasses import dataclass, field
from typing import Any

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Subject
from recalldesk.claims.access import FRESH_FOR, issue_pass, pass_for
from recalldesk.claims.drafting import (
    choose_remedy,
    give_contact,
    give_details,
    give_units,
    open_filing,
    say_no_photo,
)
from recalldesk.claims.models import Claim, Filing, Pass
from recalldesk.claims.moving import move_claim
from recalldesk.claims.states import ClaimState
from recalldesk.claims.submitting import submit_filing
from recalldesk.evidence import deferring
from recalldesk.evidence.actions import receive_photo
from recalldesk.evidence.models import Photo
from recalldesk.evidence.moving import locked, move
from recalldesk.evidence.states import PhotoKind, PhotoState
from recalldesk.foundation import clock
from recalldesk.mailing.content import content_of, recipient_of
from recalldesk.mailing.models import Mailing
from recalldesk.recalls.reads import LiveRecall, live_recall
from recalldesk.sealing import vault
from tests.cast import AFFECTED, SLUG, recall_text

STREET = {
    "street_address": "77 Madeup Lane",
    "city": "Springfield",
    "country_area": "Illinois",
    "postal_code": "62704",
}
ACCOUNT = {
    "account_holder": "Olga Quispe-Made-Up",
    "routing_number": "021000021",
    "account_number": "900011112222",
}
MORE_REMEDIES = """
[[remedies]]
key = "card"
kind = "gift_card"
countries = ["US"]
title = { en = "A gift card", es = "Una tarjeta de regalo" }
explanation = { en = "Sent by mail.", es = "Se envía por correo." }
value = { amount = "39.90", currency = "USD" }
shops = ["Example Shop"]
days = 5

[[remedies]]
key = "money"
kind = "refund"
countries = ["US"]
title = { en = "Your money back", es = "Le devolvemos su dinero" }
explanation = { en = "What you paid.", es = "Lo que usted pagó." }
value = { amount = "39.90", currency = "USD" }
days = 8
"""
KETTLE, CARD, MONEY = "new-kettle", "card", "money"


def text_with_all_remedies() -> str:
    """The kettle's recall file, which offers a replacement, a gift card and a refund."""
    return recall_text().replace("# Working days in", MORE_REMEDIES + "\n# Working days in", 1)


@dataclass(frozen=True)
class Owner:
    """Who fills in the forms, and how."""

    name: str = "Olga Quispe-Made-Up"
    email: str = "olga.quispe@home.example"
    phone: str = ""
    street: dict[str, str] = field(default_factory=lambda: dict(STREET))

    def opens(self, serial: str = AFFECTED, **more: Any) -> Filing:
        """A draft with its first unit."""
        return open_filing(
            live=the_recall(), brand="tidewater", language="en", serial=serial, **more
        )[0]

    def fills(self, filing: Filing, *, remedy: str = KETTLE, photos: bool = False) -> Filing:
        """All that is asked of a draft; without photos, they are said to be impossible."""
        for claim in filing.claims.all():
            if photos:
                sends(claim, PhotoKind.LABEL)
                sends(claim, PhotoKind.MARKING)
            else:
                say_no_photo(filing_id=filing.pk, position=claim.position, cannot_photograph=True)
        give_contact(filing_id=filing.pk, name=self.name, email=self.email, phone=self.phone)
        choose_remedy(filing_id=filing.pk, remedy_key=remedy)
        if remedy == KETTLE:
            give_details(filing_id=filing.pk, address=self.street)
        if remedy == MONEY:
            give_details(filing_id=filing.pk, payee_kind="us_account", payee=ACCOUNT)
        return again(filing)

    def drafts(self, serial: str = AFFECTED, **more: Any) -> Filing:
        """A draft that lacks nothing."""
        return self.fills(self.opens(serial), **more)

    def files(self, serial: str = AFFECTED, **more: Any) -> Filing:
        """A claim that was sent."""
        return submit_filing(filing_id=self.drafts(serial, **more).pk)

    def files_several(self, *serials: str, **more: Any) -> Filing:
        """A claim for several units that was sent."""
        filing = self.opens(serials[0])
        give_units(filing_id=filing.pk, serials=serials)
        return submit_filing(filing_id=self.fills(filing, **more).pk)


OLGA = Owner()
PAVEL = Owner("Pavel Imagined", "pavel.imagined@home.example")


def the_recall(slug: str = SLUG) -> LiveRecall:
    """The published recall."""
    live = live_recall(slug)
    assert live is not None
    return live


def again(filing: Filing) -> Filing:
    """The row as it stands."""
    return Filing.objects.select_related("recall", "version").get(pk=filing.pk)


def claim_of(filing: Filing, position: int = 1) -> Claim:
    """One of its claims as it stands."""
    return filing.claims.select_related("filing", "evidence").get(position=position)


def state_of(filing: Filing, position: int = 1) -> ClaimState:
    """Where one of its claims stands."""
    return ClaimState(claim_of(filing, position).state)


def moved(claim: Claim, *states: ClaimState) -> Claim:
    """The claim after a desk's moves, which come in another part."""
    for state in states:
        move_claim(claim=claim, to=state, actor=Actor.MACHINE)
    return claim


def fresh_pass(filing: Filing) -> Pass:
    """A pass with which a mailed code was given a moment ago."""
    found = pass_for(key=filing.key, token=issue_pass(filing=filing))
    assert found is not None
    found.fresh_until = clock.now() + FRESH_FOR
    found.save()
    return found


def sends(claim: Claim, kind: PhotoKind, content: bytes = b"no real photo") -> Photo:
    """A photo that waits for its job."""
    return receive_photo(
        evidence_set=claim.evidence, kind=kind, chunks=[content + kind.encode() + b"%d" % claim.pk]
    )


def settles(photo: Photo, to: PhotoState = PhotoState.CLEAN) -> None:
    """What the job of a photo does in the end, and whom it tells. Call it in a transaction."""
    held = locked(photo.pk)
    if held.state == PhotoState.RECEIVED:
        move(held, PhotoState.SCANNING, actor=Actor.MACHINE)
    if to is PhotoState.CLEAN:
        held.picture_bytes = held.width = held.height = 1
    move(held, to, actor=Actor.MACHINE)
    deferring.evidence_settled(held)


def letters_of(filing: Filing) -> list[tuple[str, str, str, str]]:
    """Purpose, recipient, subject and text of what waits to be sent for a filing."""
    rows = Mailing.objects.filter(filing_id=filing.pk).order_by("pk")
    contents = [(row, content_of(row)) for row in rows if row.sealed_content]
    return [(row.purpose, recipient_of(row), c.subject, c.text) for row, c in contents]


def why_of(row: StateChange) -> str:
    """What was written beside a row of the log."""
    assert row.note is not None
    return vault.open_text(
        bytes(row.note.sealed_text), scope=vault.DESK, purpose="audit.Note.sealed_text"
    )


def log_of(subject: Subject, subject_id: int) -> list[tuple[str, str, str]]:
    """From, to and why of each move, the first one first."""
    rows = StateChange.objects.filter(subject=subject, subject_id=subject_id).order_by("pk")
    return list(rows.values_list("from_state", "to_state", "reason"))
