"""A program: serves a desk with order files and purchasers, until it is ended. What it is given:
folder and port. All of it is made up. A session of a recall manager lies in the folder.
"""

import os
import signal
import sys
from pathlib import Path

SESSION = "session"


def _make(folder: Path) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections, transaction
    from django.test import Client

    from recalldesk.accounts.permissions import Role
    from recalldesk.recalls.models import Recall
    from tests.at_the_desk import sign_in, staff
    from tests.cast import SLUG, Desk, make_cast
    from tests.claims.owner import text_with_all_remedies
    from tests.console.purchasers_rows import made_rows

    call_command("migrate", verbosity=0, interactive=False)
    Desk(make_cast(), folder).published(text_with_all_remedies())
    max_ = staff(Role.RECALL_MANAGER, name="Max Made-Up", email="max@staff.example")
    with transaction.atomic():
        made_rows(Recall.objects.get(slug=SLUG), max_)
    client = sign_in(Client(), max_)
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
