"""A program: serves a desk with seats and questions, until it is ended. What it is given: folder
and port. All of it is made up. Sessions lie in the folder: `session` of somebody of an authority,
`firm` of an administrator.
"""

import os
import signal
import sys
from pathlib import Path

SESSION, FIRM = "session", "firm"


def _make(folder: Path) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from django.test import Client

    from recalldesk.recalls.models import Recall
    from tests.at_the_desk import sign_in
    from tests.cast import SLUG, Desk, make_cast
    from tests.console.purchasers_desk import text_with_numbers
    from tests.console.seat_rows import made_figures, made_questions
    from tests.inquiries.seated import regulator

    call_command("migrate", verbosity=0, interactive=False)
    desk = Desk(make_cast(), folder)
    desk.published(text_with_numbers())
    desk.published(text_with_numbers().replace("The handle can break", "The handle can come off"))
    recall, by = Recall.objects.get(slug=SLUG), desk.cast.administrator
    made_figures(recall, by, folder)
    greta = regulator()
    made_questions(recall, greta, by)
    for name, person in ((SESSION, greta), (FIRM, by)):
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
