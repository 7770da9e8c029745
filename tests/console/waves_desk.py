"""A program: serves a desk with purchasers and waves in every state, until it is ended. What it is
given: folder and port. All of it is made up. Sessions of two recall managers lie in the folder:
`session` of the one who wrote the waves, `other` of the one who approves them.
"""

import os
import signal
import sys
from pathlib import Path

SESSION, OTHER = "session", "other"


def _make(folder: Path) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from django.test import Client

    from recalldesk.accounts.permissions import Role
    from recalldesk.recalls.models import Recall
    from tests.at_the_desk import sign_in, staff
    from tests.cast import SLUG, Desk, make_cast
    from tests.console.purchasers_desk import text_with_numbers
    from tests.console.purchasers_rows import made_rows
    from tests.console.waves_rows import made_waves

    call_command("migrate", verbosity=0, interactive=False)
    Desk(make_cast(), folder).published(text_with_numbers())
    max_ = staff(Role.RECALL_MANAGER, name="Max Made-Up", email="max@staff.example")
    mia = staff(Role.RECALL_MANAGER, name="Mia Made-Up", email="mia@staff.example")
    recall = Recall.objects.get(slug=SLUG)
    made_waves(made_rows(recall, max_), max_, mia)
    for name, person in ((SESSION, max_), (OTHER, mia)):
        client = sign_in(Client(), person)
        (folder / name).write_text(client.cookies[settings.SESSION_COOKIE_NAME].value)
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
