"""A program: serves a desk with a recall on its way until it is ended. Given: folder and port.

All of it is made up: version 1 is live; version 2 covers one unit more, has two errors in its
notice and waits for the senior reviewer whose session lies in the folder. A made-up feed was read:
a recall of another firm names the same model.
"""

import os
import signal
import sys
from pathlib import Path

SESSION, WRITER = "session", "writer"


def _make(folder: Path) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from django.test import Client

    from recalldesk.accounts.permissions import Role
    from recalldesk.elsewhere.actions import take_feed
    from recalldesk.recalls.approval import send_for_approval
    from tests.at_the_desk import sign_in, staff
    from tests.cast import SERIALS, Desk, make_cast, recall_text
    from tests.elsewhere.feeds_made import OF_CPSC

    call_command("migrate", verbosity=0, interactive=False)
    desk = Desk(make_cast(), folder)
    desk.published()
    take_feed(OF_CPSC, came_from=OF_CPSC.name, by=desk.cast.author)
    text = recall_text(units=6).replace("The handle can break", "The handle can come off")
    for left_out in ("announced = 2025-03-03", 'legal_name = "Tidewater Kitchen, Inc."'):
        text = text.replace(left_out, "")
    desk.take(draft := desk.apply(text), [*SERIALS, "TW24088881"])
    send_for_approval(
        version=draft, by=desk.cast.author, word="Made up: please look at the hazard."
    )
    desk.apply(recall_text("kettle-k30"))
    for name, person in ((SESSION, staff(Role.SENIOR_REVIEWER)), (WRITER, desk.cast.author)):
        client = sign_in(Client(), person)
        (folder / name).write_text(client.cookies[settings.SESSION_COOKIE_NAME].value)
    connections.close_all()


def main(folder: Path, port: int) -> None:
    """Serves with one worker, and does no jobs."""
    import django

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    django.setup()
    _make(folder)

    from recalldesk.cli.serve import serve

    serve(port=port, workers=1, jobs=False)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "recalldesk.config.settings"
    main(Path(sys.argv[1]), int(sys.argv[2]))
