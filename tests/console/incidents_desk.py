"""A program: serves a desk with incidents of every kind, until it is ended. What it is given:
folder and port. All of it is made up. A session of a recall manager lies in the folder.
"""

import os
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

SESSION = "session"


def _make(folder: Path) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections, transaction
    from django.test import Client

    from recalldesk.accounts.permissions import Role
    from tests.at_the_desk import sign_in, staff
    from tests.cast import Desk, make_cast
    from tests.claims.owner import text_with_all_remedies

    call_command("migrate", verbosity=0, interactive=False)
    Desk(make_cast(), folder).published(text_with_all_remedies())
    max_ = staff(Role.RECALL_MANAGER, name="Max Made-Up", email="max@staff.example")
    with transaction.atomic():
        _incidents(max_)
    client = sign_in(Client(), max_)
    (folder / SESSION).write_text(client.cookies[settings.SESSION_COOKIE_NAME].value)
    connections.close_all()


def _incidents(by: Any) -> None:
    """Of each kind one: over time, urgent, fresh, told twice, decided, told after the decision."""
    from datetime import date
    from decimal import Decimal

    from recalldesk.foundation import clock
    from recalldesk.incidents.deciding import decide_filed, decide_not_reportable
    from recalldesk.incidents.found_again import keep_digests_current
    from recalldesk.incidents.joining import join_reports
    from recalldesk.incidents.mending import learn
    from recalldesk.incidents.states import Care, Happened, HasUnit, IncidentSource
    from recalldesk.incidents.story import Damaged, Hurt, Story, keep_story
    from tests.cast import AFFECTED, SERIALS
    from tests.incidents.told import again, obtained

    burnt = Hurt(Care.DOCTOR, "34", "A burnt hand, made up.")
    fire = Story(
        happened=Happened.FIRE,
        happened_on=clock.now().date() - timedelta(days=3),
        product_key="k20",
        country="US",
        has_unit=HasUnit.ELSEWHERE,
        serial=AFFECTED,
        account="It burnt while it stood on the table, made up.",
        hurt=(burnt, Hurt(Care.HOSPITAL, "7")),
        damaged=(Damaged(Decimal("250.00"), "USD", "A table, made up."),),
    )
    over, urgent, fresh = obtained(31, fire), obtained(21), obtained(1)
    keep_story(urgent, Story(happened=Happened.SMOKE, country="US", account="Smoke, made up."))
    keep_story(fresh, Story(happened=Happened.HEAT, happened_on=date(2026, 2, 3)))
    twin = Story(happened=Happened.FIRE, serial=AFFECTED.lower(), country="US", hurt=(burnt,))
    obtained(3, twin, source=IncidentSource.FILE, outside_number="MADE-UP-17")
    decided, dismissed, joined = obtained(60, Story(serial=SERIALS[1])), obtained(70), obtained(65)
    decide_filed(number=decided.pk, reference="MADE-UP 1", reported_at=clock.now(), by=by)
    join_reports(number=joined.pk, same_as=decided.pk, by=by, reason="The same house, made up.")
    decide_not_reportable(number=dismissed.pk, reason="Only warm, made up.", by=by)
    learn(number=dismissed.pk, story=Story(happened=Happened.SMOKE), by=by, note="A call, made up.")
    learn(number=decided.pk, story=Story(hurt=(burnt,)), by=by, note="A call, made up.")
    _of_no_recall()
    keep_digests_current()
    assert again(over).keyed_at


def _of_no_recall() -> None:
    from recalldesk.incidents.actions import obtain_incident, tell_more

    row = obtain_incident(live=None, language="en")
    tell_more(
        incident_id=row.pk,
        live=None,
        brand="",
        name="Olga Made-Up",
        contact="olga@home.example",
        account="It swelled, made up.",
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
