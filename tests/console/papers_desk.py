"""A program: serves a desk whose waves go by letter and phone, and with shops that tell, until it
is ended. What it is given: folder and port. All of it is made up. A session of a recall manager
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
    from django.db import connections, transaction
    from django.test import Client

    from recalldesk.accounts.permissions import Role
    from tests.at_the_desk import sign_in, staff
    from tests.cast import Desk, make_cast
    from tests.outreach.told import Told
    from tests.purchasers.shops import text_with_numbers

    call_command("migrate", verbosity=0, interactive=False)
    cast = make_cast()
    Desk(cast, folder).published(text_with_numbers())
    with transaction.atomic():
        rows_of_papers(Told(cast))
    max_ = staff(Role.RECALL_MANAGER, name="Max Made-Up", email="max@staff.example")
    client = sign_in(Client(), max_)
    (folder / SESSION).write_text(client.cookies[settings.SESSION_COOKIE_NAME].value)
    connections.close_all()


def rows_of_papers(told: "Told") -> None:  # type: ignore[name-defined]  # noqa: F821
    """A wave by letter and phone with a print file that was posted, one that was not, and calls;
    and a shop that was asked."""
    from recalldesk.foundation import clock
    from recalldesk.notices.papers.kinds import Paper
    from recalldesk.outreach.letters.files import make_letter_file, mark_posted
    from recalldesk.outreach.letters.handing_out import mark_handed_out
    from recalldesk.outreach.letters.reference import reference_of
    from recalldesk.outreach.letters.returned import letters_came_back
    from recalldesk.outreach.shops.asking import ask_shop, live_version_of
    from recalldesk.outreach.shops.orders import OrdersAsked
    from recalldesk.outreach.shops.reading import keep_counts
    from recalldesk.outreach.shops.texts import standard_text
    from recalldesk.outreach.states import Way
    from recalldesk.purchasers.states import Channel
    from tests.outreach.told import PLACE

    by = told.cast.author
    for number in range(1, 8):
        told.bought(
            f"Owner Example {number}",
            phone=f"+1202555010{number}",
            address=PLACE | {"street_address": f"{number} Example Street"},
        )
    wave = told.started(Way.LETTER, Way.PHONE)
    posted = make_letter_file(wave=wave, paper=Paper.LETTER, by=by, most=3)
    assert posted
    mark_handed_out(posted)
    mark_posted(file_id=posted.pk, on=clock.now().date(), by=by)
    back = posted.notices.order_by("pk").values_list("pk", flat=True)[0]
    letters_came_back([reference_of(back)], by=by)
    make_letter_file(wave=wave, paper=Paper.LETTER, by=by, most=2)
    for _ in range(3):
        told.purchase(None, units=2)
    published = live_version_of(told.recall)
    telling = ask_shop(
        recall=told.recall,
        asked=OrdersAsked(Channel.AMAZON),
        shop="Example Shop",
        text=standard_text(published, language="en", shop="Example Shop"),
        by=by,
    )
    keep_counts(telling=telling, told=2, failed=1, on=clock.now().date(), by=by)
    told.purchase(None)


def _be_day() -> None:
    """Whenever the tests run, somebody may be called."""
    from datetime import time

    from recalldesk.outreach.calling import hours

    hours.CALLS_FROM, hours.CALLS_UNTIL = time.min, time.max


def main(folder: Path, port: int) -> None:
    """Serves with one worker."""
    import django

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    django.setup()
    _make(folder)
    _be_day()

    from recalldesk.cli.serve import serve

    serve(port=port, workers=1, jobs=False)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "recalldesk.config.settings"
    main(Path(sys.argv[1]), int(sys.argv[2]))
