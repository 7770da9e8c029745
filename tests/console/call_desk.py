"""A program: serves a desk with contacts, letters and promises. It is given folder and port.

All of it is made up. A session of a senior reviewer lies in the folder.
"""

import os
import signal
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

SESSION = "session"
DAYS = (-2, -1, 0, 0, 1, 2, 4, 6)


def _make(folder: Path) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from django.test import Client

    from recalldesk.accounts.permissions import Role
    from recalldesk.claims.states import Channel, ContactAbout
    from recalldesk.foundation import clock
    from tests.at_the_desk import sign_in, staff
    from tests.cast import SERIALS, Desk, make_cast
    from tests.claims.desk.test_by_phone_or_post import CALLED, enters, noted
    from tests.claims.owner import text_with_all_remedies
    from tests.claims.queued import queued
    from tests.remedies.pooled import pool_of

    call_command("migrate", verbosity=0, interactive=False)
    desk = Desk(make_cast(), folder)
    desk.published(text_with_all_remedies())
    rosa = staff(Role.SENIOR_REVIEWER)
    for serial, language in zip(SERIALS[:3], ("en", "es", "en"), strict=True):
        letter = replace(CALLED, phone="", language=language, serials=(serial,))
        enters(letter, channel=Channel.LETTER, nonce=serial, by=rosa)
    for number, about in enumerate(ContactAbout):
        noted(desk, nonce=f"c{number}", about=about, by=rosa)
    today = clock.now().date()
    queued(*(today + timedelta(days=ahead) for ahead in DAYS))
    pool_of("MADEUP-0001", low=5)
    pool_of("MADEUP-0002", name="cards-of-old", expires=date(2020, 1, 2))
    client = sign_in(Client(), rosa)
    (folder / SESSION).write_text(client.cookies[settings.SESSION_COOKIE_NAME].value)
    connections.close_all()


def main(folder: Path, port: int) -> None:
    """Serves with one worker."""
    import django

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    django.setup()
    _make(folder)

    from recalldesk.cli.serve import serve

    serve(port=port, workers=1, jobs=False)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "recalldesk.config.settings"
    main(Path(sys.argv[1]), int(sys.argv[2]))
