"""A program: serves a desk with incidents until it is ended. What it is given: folder and port.

All of it is made up. A session of a recall manager lies in the folder.
"""

import os
import signal
import sys
from pathlib import Path

SESSION = "session"
ROWS = (
    "Report No.,Report Date,Incident Date,Incident Description,Happened,Care,Age,Damage Amount,"
    "Damage Currency,Damage,Authority Reference,Reported At\n"
    "M-1,2025-01-05,2025-01-02,It burnt (made up).,fire,none; hospital,34;7,250.50,USD,a sofa,"
    "MADE-UP-1,2025-01-06T10:00Z\n"
    "M-2,2025-04-05,2025-04-02,It smoked (made up).,smoke,,,,,,,\n"
    "M-3,2025-04-06,,It looked odd (made up).,nothing,,,,,,,\n"
    "M-4,2025-04-07,about 2025-04,It burst (made up).,explosion,death,50,,,a wall,,\n"
    ",2025-04-07,,No number (made up).,fire,,,,,,,\n"
)


def _make(folder: Path) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from django.test import Client

    from recalldesk.accounts.permissions import Role
    from recalldesk.incidents.importing.run import import_reports
    from tests.at_the_desk import sign_in, staff
    from tests.cast import Desk, make_cast

    call_command("migrate", verbosity=0, interactive=False)
    desk = Desk(make_cast(), folder)
    recall = desk.published().recall
    path = folder / "reports.csv"
    path.write_text(ROWS, encoding="utf-8")
    import_reports(recall=recall, path=path, by=desk.cast.author)
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
