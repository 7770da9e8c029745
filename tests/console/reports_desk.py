"""A program: serves a desk with reports to authorities until it is ended. What it is given: folder
and port.

All of it is made up: four months of a recall. A session of a recall manager lies in the folder.
"""

import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

SESSION = "session"


def made_up(folder: Path) -> None:
    """Fills the database, as of some weeks ago up to now."""
    import time_machine

    from recalldesk.claims.states import Channel
    from recalldesk.incidents.states import Care
    from recalldesk.outreach.states import WaveKind, Way
    from recalldesk.publicity.auctions import Found, enter_check
    from recalldesk.publicity.home_page import Link, answer_home_page
    from recalldesk.publicity.models import PageHits
    from recalldesk.publicity.social import Shown, enter_post, read_post
    from recalldesk.publicity.states import (
        Action,
        LinkPlace,
        Network,
        Outcome,
        PageKind,
        PostKind,
    )
    from recalldesk.remedies.corrections.states import Level
    from recalldesk.reports.progress.filing import file_report
    from recalldesk.reports.progress.moving import keep_moves
    from recalldesk.reports.progress.periods import month_before
    from tests.cast import SERIALS, Desk, make_cast, recall_text
    from tests.outreach.told import Told
    from tests.reports.progressed import AFTER, BEFORE, Progressed

    desk = Desk(make_cast(), folder)
    more = [f"TW2450{number:04}" for number in range(595)]
    levels = "levels = { manufacturer = 20, distributor = 80, retailer = 200, consumer = 300 }"
    text = (
        recall_text(units=600)
        .replace("units_are_about = false\n", f"units_are_about = false\n{levels}\n")
        .replace('case_number = ""', 'case_number = "24-000-MADEUP"')
        .replace('# compliance_officer = ""', 'compliance_officer = "C. Officer (made up)"')
    )
    now = datetime.now(tz=UTC)
    last = month_before(now.date())
    begun = datetime.combine(last.first, datetime.min.time(), tzinfo=UTC) - timedelta(days=70)
    with time_machine.travel(begun):
        recall = desk.published(text, [*SERIALS, *more]).recall
    by = desk.cast.approver
    made = Progressed(recall, by, Told(desk.cast))
    for week in range(1, 13):
        at = begun + timedelta(days=8 * week)
        if at > now:
            break
        with time_machine.travel(at):
            made.corrects(3 * week)
            made.corrects(5, (Level.RETAILER, Level.DISTRIBUTOR)[week % 2])
            made.incident((BEFORE, AFTER, None)[week % 3], (Care.DOCTOR, Care.NONE)[week % 2])
            for way in (Way.EMAIL, Way.EMAIL, Way.LETTER, Way.PHONE, Way.SMS):
                made.sends(way, (WaveKind.FIRST, WaveKind.REMINDER)[week % 2])
            for channel in (Channel.PHONE, Channel.EMAIL, Channel.LETTER, Channel.PHONE):
                made.contacts(channel)
            made.registers(week)
            made.moves_stock()
            PageHits.objects.create(
                recall=recall, day=at.date(), page=PageKind.NOTICE, count=1_200 * week
            )
            keep_moves(recall)
            if week % 4 == 0:
                made.takes_back()
                made.joins()
                made.bounces()
                made.unregisters()
                made.takes_stock_back()
                keep_moves(recall)
    with time_machine.travel(begun + timedelta(days=75)):
        link = Link(
            "https://tidewater.example/",
            "Recall and safety: kettle K20",
            LinkPlace.BELOW,
            (begun + timedelta(days=9)).date(),
        )
        answer_home_page(recall=recall, link=link, by=by, nonce="home")
        post = enter_post(
            recall=recall,
            network=Network.FACEBOOK,
            at_address="https://social.example/posts/1",
            kind=PostKind.FIRST,
            posted_at=begun + timedelta(days=10),
            by=by,
            nonce="post",
        )
        read_post(
            post_number=post.pk,
            shown=Shown(reactions=412, comments=57, shares=130),
            read_on=(begun + timedelta(days=74)).date(),
            by=by,
            nonce="read",
        )
        for number, found in enumerate((None, Found(2, (), Action.BOTH, Outcome.PARTLY, ""))):
            enter_check(
                recall=recall,
                site=("Example Auctions", "Second Hand Example")[number],
                checked_on=(begun + timedelta(days=74)).date(),
                search_words="kettle K20",
                found=found,
                by=by,
                nonce=f"look-{number}",
            )
    # No PDF is set before the server forks: threads of the setting would be lost in its worker.
    unset = patch("recalldesk.reports.progress.filing.as_pdf", lambda *_, **__: b"%PDF, made up")
    with time_machine.travel(begun + timedelta(days=62)), unset:
        month = month_before((begun + timedelta(days=62)).date())
        file_report(recall=recall, period=month.period, by=by, nonce="filed", note="Made up.")
    day = month.first + timedelta(days=3)
    PageHits.objects.create(recall=recall, day=day, page=PageKind.CHECK, count=77)


def _make(folder: Path) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from django.test import Client

    from recalldesk.accounts.permissions import Role
    from tests.at_the_desk import sign_in, staff

    call_command("migrate", verbosity=0, interactive=False)
    made_up(folder)
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
