"""What is written to staff about waves, in English as the desk is.

Guarantee: a mail commits together with what it tells of; what colleagues wrote to each other stands
on the page alone.
"""

from collections.abc import Iterable

from django.urls import reverse

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.accounts.reads import staff_who_may
from recalldesk.mailing.letter import Letter
from recalldesk.mailing.states import Purpose
from recalldesk.mailing.to_staff import SIGNED, desk_site, write_to_staff
from recalldesk.outreach.models import Wave


def tell_approvers(wave: Wave) -> None:
    """That a wave waits for one of them; not those who wrote it or asked."""
    notices = int(wave.counts.get("notices", 0))
    asker = wave.asked_by.name if wave.asked_by else "A colleague"
    _write(
        wave,
        (
            person
            for person in staff_who_may(Permission.APPROVE_WAVES)
            if person.pk not in (wave.written_by_id, wave.asked_by_id)
        ),
        "waits for your approval",
        f"{asker} asks for it: {notices:,} notices. Its page shows whom it reaches, each text as "
        "its reader gets it, and what it costs. Approve it there, or send it back and say why. "
        "Whoever of you answers first answers for all.",
    )


def tell_asker(wave: Wave, asked_by: Staff | None, *, is_approved: bool) -> None:
    """What became of it."""
    if asked_by is None:
        return
    what = "is approved" if is_approved else "was sent back"
    said = (
        "It is sent once its start has come."
        if is_approved
        else "The reason stands on its page. Put it right, and ask again."
    )
    _write(wave, (asked_by,), what, said)


def tell_writers(wave: Wave, said: str) -> None:
    """That a draft which nobody wrote waits for them."""
    _write(wave, staff_who_may(Permission.WRITE_WAVES), "waits for you", said)


def _write(wave: Wave, to: Iterable[Staff], what: str, said: str) -> None:
    slug = wave.recall.slug
    link = desk_site() + reverse("console:wave", args=[slug, wave.number])
    letter = Letter(
        subject=f"{slug}: wave {wave.number} {what}",
        language="en",
        signed=SIGNED,
        paragraphs=(f"Wave {wave.number} of the recall {slug}, “{wave.name}”, {what}.", said),
        button=("Open the wave", link),
    )
    for person in to:
        write_to_staff(to=person.email, letter=letter, purpose=Purpose.WAVE_TO_DESK)
