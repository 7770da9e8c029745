"""A program: serves a desk with files until it is ended. What it is given: folder and port.

The orders are made up. A session of a recall manager lies in the folder.
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
    from recalldesk.remedies.batches.freezing import freeze
    from recalldesk.remedies.batches.reading.taking import take_file
    from recalldesk.remedies.models import Batch, BatchLine
    from recalldesk.remedies.placing.due import place_due
    from tests.at_the_desk import sign_in, staff
    from tests.remedies.files.listed import listed_order

    call_command("migrate", verbosity=0, interactive=False)
    max_ = staff(Role.RECALL_MANAGER, name="Max Made-Up")
    for number, payee in enumerate(("", "", "iban", "us_account", "check", "iban"), 1):
        listed_order(number, payee=payee)
    place_due()
    for batch in Batch.objects.filter(kind__in=("pick_list", "iban")):
        freeze(number=batch.pk, by=max_)
    listed_order(7, payee="iban")
    place_due()
    back = folder / "back.csv"
    marks = BatchLine.objects.filter(batch__kind="iban").order_by("pk")
    refused, paid = marks[0].mark, marks[1].mark
    back.write_text(f"Line,Status\n{paid},paid\n{refused},rejected\nnothing,paid\n")
    take_file(back, by=max_)
    client = sign_in(Client(), max_)
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
    os.environ |= {
        "RECALLDESK_REFUND_HOLDER": "Example Kettles Ltd",
        "RECALLDESK_REFUND_IBAN": "DE89370400440532013000",
        "RECALLDESK_REFUND_US_ROUTING": "021000021",
        "RECALLDESK_REFUND_US_COMPANY": "1234567890",
        "RECALLDESK_REFUND_CHECKS": "1",
    }
    os.environ["DJANGO_SETTINGS_MODULE"] = "recalldesk.config.settings"
    main(Path(sys.argv[1]), int(sys.argv[2]))
