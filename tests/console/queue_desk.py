"""A program: serves a desk with a queue until it is ended. What it is given: folder and port.

The claims are made up, from a fixed seed. A session of a senior reviewer lies in the folder.
"""

import os
import random
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

SESSION = "session"
CLAIMS = 130
NAMES = ("Olga Quispe-Made-Up", "Pavel Imagined", "Ana Sofía Inventada", "Lee Invented", "Nobody")


def _make(folder: Path) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from django.test import Client

    from recalldesk.accounts.permissions import Role
    from recalldesk.claims.desk_queue.filters import Filters
    from recalldesk.claims.desk_queue.lists import QueueList
    from recalldesk.claims.desk_queue.views_saved import save_view
    from tests.at_the_desk import sign_in, staff
    from tests.cast import Desk, make_cast
    from tests.claims.owner import text_with_all_remedies

    call_command("migrate", verbosity=0, interactive=False)
    Desk(make_cast(), folder).published(text_with_all_remedies())
    rosa = staff(Role.SENIOR_REVIEWER)
    _claims([rosa, staff(Role.REVIEWER, name="Sam Second"), None, None, None])
    save_view(by=rosa, name="Answered by phone", filters=Filters(QueueList.ANSWERED))
    client = sign_in(Client(), rosa)
    (folder / SESSION).write_text(client.cookies[settings.SESSION_COOKIE_NAME].value)
    connections.close_all()


def _claims(people: list[Any]) -> None:
    from recalldesk.claims.states import Channel, ClaimState, DeskList
    from recalldesk.console.queue_words import REASONS
    from recalldesk.foundation import clock
    from tests.claims.queued import queued

    draw = random.Random(26)
    now = clock.now()
    lists = [DeskList.REVIEW] * 8 + [each for each in DeskList if each is not DeskList.NONE]
    for _ in range(CLAIMS):
        desk = draw.choice(lists)
        assigned = draw.choice(people)
        queued(
            now.date() + timedelta(days=draw.randint(-2, 9)),
            desk=desk,
            state=ClaimState.IN_REVIEW,
            name=draw.choice(NAMES),
            tags=sorted(draw.sample(sorted(REASONS), draw.choice([1, 1, 1, 2, 3]))),
            channel=draw.choice([Channel.PAGE] * 6 + list(Channel)),
            is_dangerous=desk == DeskList.DANGER,
            is_appealed=desk == DeskList.APPEAL,
            filed_at=now - timedelta(minutes=draw.randint(5, 9_000)),
            assigned_to=assigned,
            looked_at_by=assigned if draw.random() < 0.3 else None,
            looked_at_until=now + timedelta(days=1),
        )


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
