"""A program: serves a desk with a recall that is told of in public until it is ended. What it is
given: folder and port.

All of it is made up. A session of a senior reviewer lies in the folder.
"""

import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

SESSION = "session"


def _make(folder: Path) -> None:
    import time_machine
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from django.test import Client

    from recalldesk.accounts.permissions import Role
    from recalldesk.foundation import clock
    from recalldesk.publicity.auctions import Found, take_back_check
    from recalldesk.publicity.logs.run import import_hits
    from recalldesk.publicity.models import PageHits
    from recalldesk.publicity.states import Action, Network, Outcome
    from tests.at_the_desk import sign_in, staff
    from tests.cast import Desk, make_cast
    from tests.publicity.entered import linked, looked, not_linked, posted, read
    from tests.publicity.logs_made import combined, log_of

    call_command("migrate", verbosity=0, interactive=False)
    desk, now = Desk(make_cast(), folder), clock.now()
    recall, by = desk.published().recall, desk.cast.approver
    with time_machine.travel(now - timedelta(days=40)):
        not_linked(recall, by, "The home page is rebuilt this week.")
        links = tuple(f"https://auctions.example.com/{each}" for each in (1, 2, 3))
        found = Found(3, links, Action.SITE, Outcome.LISTED, "Told them by their form.")
        first = looked(recall, by, on=clock.now().date(), found=found)
        wrong = looked(recall, by, "Made-up Market", on=clock.now().date(), found=found)
        take_back_check(number=wrong.pk, by=by, note="Another model.")
    with time_machine.travel(now - timedelta(days=30)):
        linked(recall, by, text="Safety recall", since=(now - timedelta(days=110)).date())
        looked(recall, by, on=clock.now().date(), follows=first.pk, are_gone=True)
    for network, reactions in ((Network.FACEBOOK, 128), (Network.X, 41)):
        address = f"https://social.example.com/{network.value}"
        post = posted(recall, by, address, network=network, at=now - timedelta(days=9))
        read(post, by, (now - timedelta(days=1)).date(), reactions, comments=12, shares=30)
    looked(recall, by, "Made-up Market", on=now.date())
    for ago in range(1, 12):
        day = (now - timedelta(days=ago)).date()
        for page, count in (("notice", 900), ("check", 310), ("disposal", 44)):
            PageHits.objects.create(recall=recall, day=day, page=page, count=count // ago)
    lines = [
        combined(at=now - timedelta(days=7, seconds=each), visitor=each % 250)
        for each in range(400)
    ]
    robots = [combined(agent="Madeupbot/1.0", at=now - timedelta(days=7)) for _ in range(20)]
    log = log_of(folder, [*lines, *robots, "", "broken"])
    import_hits(recall=recall, path=log, by=by)
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
