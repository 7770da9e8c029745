"""A program: serves a desk with figures until it is ended. What it is given: folder and port.

What was decided is made up, from a fixed seed. A session of a senior reviewer lies in the folder.
"""

import os
import signal
import sys
from pathlib import Path

SESSION = "session"
CLAIMS = 400


def _make(folder: Path) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from django.test import Client

    from recalldesk.accounts.permissions import Role
    from recalldesk.foundation import clock
    from tests.at_the_desk import sign_in, staff
    from tests.cast import Desk, make_cast
    from tests.claims.owner import text_with_all_remedies
    from tests.reports.decided import a_desk

    call_command("migrate", verbosity=0, interactive=False)
    Desk(make_cast(), folder).published(text_with_all_remedies())
    rosa = staff(Role.SENIOR_REVIEWER)
    names = ("Ana Made-Up", "Ben Imagined", "Chi Invented", "Sam Second")
    people = [
        staff(Role.REVIEWER, name=name, email=f"{number}@staff.example")
        for number, name in enumerate(names)
    ]
    a_desk([rosa, *people], seed=26, count=CLAIMS, now=clock.now())
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
