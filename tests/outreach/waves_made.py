"""Waves at work and their notices, made by hand: for tests of how they are sent."""

from collections.abc import Sequence
from typing import Any

from recalldesk.foundation import clock
from recalldesk.foundation.normal_forms.emails import email_form
from recalldesk.mailing.content import Content
from recalldesk.outreach.models import DirectNotice, Wave
from recalldesk.outreach.sending.sender import Words
from recalldesk.outreach.states import WaveKind, WaveState, Way
from recalldesk.purchasers.digests import contact_digest, phone_form
from recalldesk.purchasers.states import ContactKind
from recalldesk.recalls.models import Recall
from recalldesk.sealing import vault

SENDER = "Example Kettles <recall@kettles.example>"


def a_wave(recall: Recall, **changes: Any) -> Wave:
    """A wave that is being sent, without any notice yet."""
    given: dict[str, Any] = {
        "recall": recall,
        "number": Wave.objects.filter(recall=recall).count() + 1,
        "name": "First notice",
        "kind": WaveKind.FIRST,
        "ways": [Way.EMAIL, Way.SMS],
        "state": WaveState.SENDING,
        "prepared_at": clock.now(),
        "per_minute": 60_000,
        "per_domain": 60_000,
    }
    return Wave.objects.create(**given | changes)


def a_notice(wave: Wave, to: str, **changes: Any) -> DirectNotice:
    """One that waits: to an e-mail address, or by text message to a number."""
    notice = _notice(wave, to, **changes)
    notice.save()
    return notice


def notices_to(wave: Wave, addresses: Sequence[str]) -> None:
    """One to each."""
    DirectNotice.objects.bulk_create([_notice(wave, each) for each in addresses])


def _notice(wave: Wave, to: str, **changes: Any) -> DirectNotice:
    is_mail = "@" in to
    kind = ContactKind.EMAIL if is_mail else ContactKind.PHONE
    form = email_form(to) if is_mail else phone_form(to)
    domain = to.rpartition("@")[2]
    scope = vault.recall_scope(wave.recall_id)
    given: dict[str, Any] = {
        "wave": wave,
        "recall_id": wave.recall_id,
        "kind": kind,
        "way": Way.EMAIL if is_mail else Way.SMS,
        "contact_digest": contact_digest(kind, form),
        "sealed_to": vault.seal_text(to, scope=scope, purpose="outreach.DirectNotice.sealed_to"),
        "domain_digest": vault.digest_for_lookup(domain, purpose="test") if is_mail else b"",
        "language": "en",
        "country": "US",
        "units": 1,
    }
    return DirectNotice(**given | changes)


def in_made_up_words(notice: DirectNotice) -> Words:
    """What it says, in place of its wave's own words."""
    to = vault.open_text(
        bytes(notice.sealed_to),
        scope=vault.recall_scope(notice.recall_id),
        purpose="outreach.DirectNotice.sealed_to",
    )
    text = "Example Kettles: Safety recall. Stop using the kettle. Reply STOP to end."
    return Words(to, Content(text=text, subject="Safety recall", sender=SENDER, language="en"))
