"""A program: serves a desk with collection sites until it is ended. What it is given: folder, port.

All of it is made up. A session of a senior reviewer lies in the folder.
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
    from recalldesk.demo.sites import bring_sites
    from tests.at_the_desk import sign_in, staff
    from tests.cast import make_cast
    from tests.disposal.lists import CAMBRIDGE, HEADS, take, written
    from tests.portal.published import EXAMPLES

    call_command("migrate", verbosity=0, interactive=False)
    cast = make_cast()
    bring_sites(examples=EXAMPLES, by=cast.approver)
    take(written(folder, HEADS, CAMBRIDGE, "broken"), cast.approver, source="State")
    client = sign_in(Client(), staff(Role.SENIOR_REVIEWER))
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
