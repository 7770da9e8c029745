"""A program: serves a desk with corrections until it is ended. What it is given: folder and port.

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
    from recalldesk.remedies.corrections.reporting import take_back
    from recalldesk.remedies.corrections.states import Level, Measure
    from recalldesk.remedies.placing.standing import take_standing
    from recalldesk.remedies.providers.interface import Found, Standing
    from tests.at_the_desk import sign_in, staff
    from tests.cast import SERIALS, Desk, make_cast, recall_text
    from tests.remedies.corrections.reported import report, row, take, written
    from tests.remedies.ordered import ordered

    call_command("migrate", verbosity=0, interactive=False)
    desk = Desk(make_cast(), folder)
    more = [f"TW2450{number:04}" for number in range(595)]
    levels = "levels = { manufacturer = 20, distributor = 80, retailer = 200, consumer = 300 }"
    text = recall_text(units=600).replace(
        "units_are_about = false\n", f"units_are_about = false\n{levels}\n"
    )
    recall, by = desk.published(text, [*SERIALS, *more]).recall, desk.cast.approver
    for weeks in range(4, 0, -1):
        with time_machine.travel(clock.now() - timedelta(weeks=weeks)):
            report(recall, by, units=12 * weeks, level=Level.RETAILER, measure=Measure.DESTROYED)
            report(recall, by, units=7 * weeks)
            report(recall, by, SERIALS[weeks])
    wrong = report(recall, by, units=50, level=Level.DISTRIBUTOR, measure=Measure.RETURNED)
    take_back(number=wrong.pk, by=by, note="Made up: counted twice.")
    unit = row(recall, SERIALS[0]).unit
    assert unit is not None
    order = ordered(unit.digest)
    report(recall, by, SERIALS[0])
    take_standing(order, Found("r1", Standing.DELIVERED))
    take(recall, by, written(folder, "serial,units", f"{SERIALS[1]},", ",12", "TW33661902,"))
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
