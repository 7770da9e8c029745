"""A program: serves a desk with claims whose photos were drawn and read, until it is ended.

What it is given: folder and port. The claims are made up. In the folder lie the sessions of staff,
and the names of the claims.
"""

import json
import os
import signal
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

DESK = "desk.json"
DRAWN = "TW24013337"
"""The serial whose label is drawn for itself."""
KETTLE_IS = 'replacement_model = "K21"\n'
PARCEL = "{ length_mm = 300, width_mm = 250, height_mm = 250, weight_g = 1400 }"
BY_CARRIER = f'{KETTLE_IS}ordering = {{ provider = "easypost", parcel = {PARCEL} }}\n'
"""A new kettle is sent by the carrier of the settings."""
PEOPLE = {"rosa": "reviewer", "sam": "senior_reviewer", "vera": "viewer"}


def _make(folder: Path) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections, transaction
    from django.test import Client

    from recalldesk.accounts.permissions import Role
    from recalldesk.mailing.to_staff import invite_by_mail
    from tests.at_the_desk import sign_in, staff
    from tests.cast import Desk, make_cast
    from tests.claims.owner import text_with_all_remedies

    call_command("migrate", verbosity=0, interactive=False)
    text = text_with_all_remedies().replace(KETTLE_IS, BY_CARRIER, 1)
    Desk(make_cast(), folder).published(text)
    sessions = {}
    for name, role in PEOPLE.items():
        person = staff(Role(role), name=f"{name.title()} Made-Up")
        client = sign_in(Client(), person)
        sessions[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    staff(Role.AUDITOR, name="Ada Auditor-Made-Up")
    with transaction.atomic():
        claims = made_claims()
    _, link = invite_by_mail(
        email="invited@staff.example",
        name="Nia New",
        role=Role.REVIEWER,
        by=staff(Role.ADMINISTRATOR, name="Max Made-Up"),
    )
    path = "/" + link.partition("//")[2].partition("/")[2]
    made = {"sessions": sessions, "claims": claims, "invitation": path}
    (folder / DESK).write_text(json.dumps(made))
    connections.close_all()


def made_claims() -> dict[str, str]:
    """References of claims by what is the matter with them. Call it in a transaction."""
    from recalldesk.claims.following import owner_wrote
    from recalldesk.claims.models import Filing
    from tests.cast import SERIALS
    from tests.claims.deciding.filed import looks_like, owner
    from tests.claims.owner import KETTLE, MONEY

    def reference(filing: Filing) -> str:
        return filing.reference

    misread = photographed(owner(1), SERIALS[0], reads="TW24013387", code_is_seen=True)
    blurred = photographed(owner(2), SERIALS[1], reads="", code_is_seen=True)
    unmarked = photographed(owner(3), SERIALS[2], reads=SERIALS[2], code_is_seen=False)
    wrote = photographed(owner(4), SERIALS[3], reads=SERIALS[3], code_is_seen=True, remedy=MONEY)
    again = photographed(
        replace(owner(5), email=owner(1).email),
        SERIALS[4],
        reads="TW24074431",
        code_is_seen=True,
        remedy=KETTLE,
    )
    contested = photographed(owner(6), SERIALS[0], reads=SERIALS[0], code_is_seen=True)
    for filing in (misread, again):
        looks_like(filing, 6)
    said = "I cannot turn it any further, the label sits under the base. Is this enough?"
    owner_wrote(filing_id=wrote.pk, text=said, nonce="made-up-1")
    owner_wrote(filing_id=misread.pk, text="When do I hear from you?", nonce="made-up-2")
    named = {
        "misread": misread,
        "blurred": blurred,
        "unmarked": unmarked,
        "wrote": wrote,
        "again": again,
        "contested": contested,
    }
    return {name: reference(filing) for name, filing in named.items()}


def photographed(
    who: Any, serial: str, *, reads: str, code_is_seen: bool, remedy: str = "card"
) -> Any:
    """A claim that was sent with photos that were drawn, and read as this."""
    from recalldesk.claims.submitting import submit_filing
    from recalldesk.evidence.states import PhotoKind
    from recalldesk.reading.seen import LabelReading
    from tests.claims.owner import sends
    from tests.claims.readings import SEEN, UNSEEN, is_read
    from tests.labels import candidate
    from tests.worked import run_jobs

    draft = who.opens(serial)
    claim = draft.claims.get()
    label, marking = drawn_label(serial), drawn_marking()
    wrong = [place for place, (a, b) in enumerate(zip(reads, serial, strict=False)) if a != b]
    read = replace(candidate(reads, wrong[:1]), box=label.box)
    seen = LabelReading(model="K20", candidates=(read,)) if reads else LabelReading()
    shown(is_read(sends(claim, PhotoKind.LABEL), seen, label.jpeg), label)
    marks = marking.reading(SEEN, SEEN if code_is_seen else UNSEEN)
    shown(is_read(sends(claim, PhotoKind.MARKING), marks, marking.jpeg), marking)
    filled = who.fills(draft, remedy=remedy)
    filled.claims.update(cannot_photograph=False)
    filing = submit_filing(filing_id=filled.pk)
    run_jobs(tasks=["claims.evidence_settled"])
    return filing


def shown(photo: Any, drawn: Any) -> None:
    """Gives a photo the size of its picture."""
    type(photo).objects.filter(pk=photo.pk).update(width=drawn.size[0], height=drawn.size[1])


class Picture:
    """A drawn photo as JPEG, its size, and where its text lies in it."""

    def __init__(self, drawn: Any) -> None:
        from recalldesk.demo.photos.conditions import as_jpeg

        self.size = drawn.image.size
        self.jpeg = as_jpeg(drawn.image)
        width, height = self.size
        self.box: Any = tuple((x / width, y / height) for x, y in drawn.text)

    def reading(self, word: Any, code: Any) -> Any:
        """What was read in the photo of a marking."""
        from recalldesk.reading.seen import Line, MarkingReading

        line = Line("RECALLED", 0.97, (0.97,) * 8, self.box)
        return MarkingReading(word, code, lines=(line,))


def drawn_label(serial: str) -> Picture:
    """The photo of a label. Drawing takes seconds, so that all but one show the same unit."""
    return _label(serial if serial == DRAWN else "")


@cache
def _label(serial: str) -> Picture:
    from recalldesk.demo.photos.label_print import Look
    from recalldesk.demo.photos.labels import photograph_label

    return Picture(photograph_label(serial or "TW24074431", "K20", 5, look=Look.DARK_ON_WHITE))


@cache
def drawn_marking() -> Picture:
    """The photo of a marked unit, the same for all."""
    from recalldesk.demo.photos.markings import photograph_marking

    return Picture(photograph_marking("RECALLED", "4829-1375", seed=3))


def main(folder: Path, port: int) -> None:
    """Serves with one worker."""
    import django

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    django.setup()
    if not (folder / DESK).exists():
        _make(folder)

    from recalldesk.cli.serve import serve

    serve(port=port, workers=1, jobs=False)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "recalldesk.config.settings"
    main(Path(sys.argv[1]), int(sys.argv[2]))
