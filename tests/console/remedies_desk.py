"""A program: serves a desk with remedies that bounced and differ, until it is ended. What it is
given: folder and port. All of it is made up. A session of a recall manager lies in the folder.
"""

import os
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

SESSION, CLAIM = "session", "claim"


def _make(folder: Path) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections, transaction
    from django.test import Client

    from recalldesk.accounts.permissions import Role
    from tests.at_the_desk import sign_in, staff
    from tests.cast import SERIALS, Desk, make_cast
    from tests.claims.deciding.filed import owner, sent
    from tests.claims.owner import KETTLE, text_with_all_remedies

    call_command("migrate", verbosity=0, interactive=False)
    Desk(make_cast(), folder).published(text_with_all_remedies())
    max_ = staff(Role.RECALL_MANAGER, name="Max Made-Up", email="max@staff.example")
    with transaction.atomic():
        filings = [sent(owner(each), SERIALS[each], remedy=KETTLE) for each in range(4)]
        _place_and_compare(max_)
    client = sign_in(Client(), max_)
    (folder / SESSION).write_text(client.cookies[settings.SESSION_COOKIE_NAME].value)
    (folder / CLAIM).write_text(filings[0].reference)
    connections.close_all()


def _place_and_compare(by: Any) -> None:
    """The first bounces, of the next two their provider knows nothing, and one was done by hand."""
    import time_machine

    from recalldesk.claims.remedying.ordering import order_due
    from recalldesk.foundation import clock
    from recalldesk.remedies.models import Finding, Order
    from recalldesk.remedies.placing import holds
    from recalldesk.remedies.placing.due import place_due
    from recalldesk.remedies.placing.standing import take_standing
    from recalldesk.remedies.providers.interface import Effect, Found, Standing
    from recalldesk.remedies.providers.registry import replaced
    from recalldesk.remedies.reconciling.findings import settle_finding
    from recalldesk.remedies.reconciling.reconciling import reconcile
    from recalldesk.remedies.states import Differs
    from tests.remedies.listing import Listing
    from tests.worked import run_jobs

    warehouse, silent = Listing(name="dispatch"), Listing(name="tremendous", is_silent=True)
    with replaced(warehouse), replaced(silent):
        with time_machine.travel(clock.now() + timedelta(days=8), tick=False):
            order_due()
            place_due()
        bounced, lost, known, _ = Order.objects.order_by("pk")
        warehouse.done[bounced.remedy_id] = Found("r1", Standing.BOUNCED)
        take_standing(bounced, warehouse.done[bounced.remedy_id])
        run_jobs(tasks=["claims.remedy_news"])
        del warehouse.done[lost.remedy_id], warehouse.done[known.remedy_id]
        warehouse.more = (Effect(Found("by-hand-7", Standing.SENT)),)
        with time_machine.travel(clock.now() + timedelta(days=9), tick=False):
            reconcile()
            finding = Finding.objects.get(kind=Differs.MISSING, remedy_id=known.remedy_id)
            why = "They found it: under the old account."
            settle_finding(finding_id=finding.pk, by=by, reason=why)
            holds.hold(holds.RESTORED)
            holds.hold(holds.JOURNAL_LOST)
            reconcile()


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
