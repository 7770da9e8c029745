"""A program: serves a desk where recalls are written until it is ended, given folder and port.

All of it is made up: a recall whose draft holds together, one whose change is unfinished and of
whose file of serials a line was rejected, and one that was begun. A session of a recall manager
lies in the folder.
"""

import os
import signal
import sys
from pathlib import Path

SESSION = "session"


def _make(folder: Path) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from django.test import Client

    from recalldesk.accounts.permissions import Role
    from recalldesk.recalls.actions import apply_recall_file
    from recalldesk.recalls.keeping import begin_recall, keep_text, written_file
    from recalldesk.recalls.starting import empty_text
    from tests.at_the_desk import sign_in, staff
    from tests.cast import SERIALS, SLUG, Desk, make_cast, recall_text
    from tests.recalls.editing.files import EXAMPLES

    call_command("migrate", verbosity=0, interactive=False)
    desk = Desk(make_cast(), folder)
    by = desk.cast.author
    apply_recall_file(text=EXAMPLES["anker-a1642-a1647-a1652"], by=by)
    desk.take(desk.apply(), [*SERIALS, "a sum of made-up lines"])
    kettle = written_file(SLUG)
    assert kettle is not None
    unfinished = recall_text().replace('"US"', '"usa"').replace('"TW24', '"TW€')
    unfinished = unfinished.replace("announced = 2025-03-03", 'announced = "soon"')
    keep_text(slug=SLUG, text=unfinished, seen=kettle.digest, by=by)
    begin_recall(slug="lamp-l3", text=empty_text("lamp-l3", ("en", "es")), by=by)
    manager = staff(Role.RECALL_MANAGER, name="Mara Manager")
    client = sign_in(Client(), manager)
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
