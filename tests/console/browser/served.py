"""A program: serves the desk with made-up staff until it is ended. It is given a folder and a port.

Everybody of the staff has the cast's password. Who is invited stands in `invitations.json`.
"""

import json
import signal
import sys
from pathlib import Path

import django
from django.core.management import call_command

INVITED = ("joins", "joins by passkey", "looks", "never comes")
LOOKS = 4
"""As many administrators more, each with an authenticator app."""


def _make(folder: Path) -> None:
    call_command("migrate", verbosity=0, interactive=False)

    from django.db import connections

    from recalldesk.accounts.permissions import Role
    from recalldesk.mailing.to_staff import invite_by_mail
    from tests.at_the_desk import staff, with_app

    people = {role: staff(role, name=f"{role.label} Made-Up") for role in Role}
    with_app(people[Role.ADMINISTRATOR])
    for look in range(LOOKS):
        with_app(staff(Role.ADMINISTRATOR, email=f"looks-{look}@staff.example"))
    links = {}
    for number, name in enumerate(INVITED):
        _, link = invite_by_mail(
            email=f"invited-{number}@staff.example",
            name="Nia New",
            role=Role.REVIEWER,
            by=people[Role.ADMINISTRATOR],
        )
        links[name] = "/" + link.partition("//")[2].partition("/")[2]
    (folder / "invitations.json").write_text(json.dumps(links))
    connections.close_all()


def main(folder: Path, port: int) -> None:
    """Serves with one worker."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    django.setup()
    _make(folder)

    from recalldesk.cli.serve import serve

    serve(port=port, workers=1, jobs=False)


if __name__ == "__main__":
    import os

    os.environ["DJANGO_SETTINGS_MODULE"] = "recalldesk.config.settings"
    main(Path(sys.argv[1]), int(sys.argv[2]))
