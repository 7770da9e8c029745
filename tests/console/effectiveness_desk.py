"""A program: serves a desk with the report of a recall's effectiveness until it is ended.

What is given to it: folder and port. Everything in it is made up, from a fixed seed. A session of a
recall manager lies in the folder.
"""

import os
import signal
import sys
from pathlib import Path

SESSION = "session"
UNITS = 900


def _make(folder: Path) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from django.test import Client

    from recalldesk.accounts.permissions import Role
    from tests.at_the_desk import sign_in, staff
    from tests.cast import Desk, make_cast
    from tests.claims.owner import text_with_all_remedies
    from tests.reports.effective import a_recall_for_months

    call_command("migrate", verbosity=0, interactive=False)
    desk = Desk(make_cast(), folder)
    text = text_with_all_remedies().replace("units = 5", f"units = {UNITS}", 1)
    text = text.replace(
        "units_are_about = false\n",
        "units_are_about = false\nlevels = { manufacturer = 40, distributor = 80, retailer = 180,"
        f" consumer = {UNITS - 300} }}\n",
        1,
    )
    desk.published(text, [f"TW{50_000_000 + number}" for number in range(UNITS)])
    a_recall_for_months(desk.cast, weeks=16, seed=11)
    client = sign_in(Client(), staff(Role.RECALL_MANAGER))
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
