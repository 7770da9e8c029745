"""A program: serves a desk with partners of a recall until it is ended. What it is given: folder
and port.

All of it is made up. A session of somebody who manages partners lies in the folder.
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

    from recalldesk.accounts.permissions import PartnerLevel, Role
    from recalldesk.evidence.looking_after import look_after
    from recalldesk.foundation import clock
    from recalldesk.stock.posted_photos import send_photo
    from recalldesk.stock.posting import post_notice
    from recalldesk.stock.reporting import take_back_stock
    from recalldesk.stock.states import Kind, Through
    from recalldesk.stock.telling import acknowledge
    from tests.at_the_desk import sign_in, staff
    from tests.cast import Desk, make_cast
    from tests.evidence.pictures import drawn, encoded
    from tests.stock.at_a_shop import in_days, says, shop, told

    call_command("migrate", verbosity=0, interactive=False)
    desk, now = Desk(make_cast(), folder), clock.now()
    recall, by = desk.published().recall, desk.cast.author
    market = shop(by, person="Mo Madeup", phone="+1 202 555 0101")
    late, asked = (
        shop(by, "Zebra Market"),
        shop(by, "Example Wholesale", level=PartnerLevel.DISTRIBUTOR),
    )
    shop(by, "Quiet Corner Store")
    with time_machine.travel(now - timedelta(days=9)):
        notice = told(recall, market, by)
        told(recall, late, by, days=4)
    told(recall, asked, by)
    acknowledge(
        notice=notice,
        by=market,
        said_by="Mo Madeup",
        on_hand={},
        through=Through.PAGE,
        nonce="answer-made-up",
    )
    says(recall, market, Kind.ON_HAND, 1_240, "on-hand")
    says(recall, market, Kind.QUARANTINED, 1_200, "apart")
    says(recall, market, Kind.RETURNED, 310, "returned", reference="DN-1204")
    says(recall, market, Kind.DESTROYED, 25, "came-back", came_back=True)
    wrong = says(recall, market, Kind.DESTROYED, 40, "wrong", by=by)
    take_back_stock(number=wrong.pk, by=by, through=Through.DESK, note="Counted twice.")
    hangs = post_notice(
        recall=recall,
        partner=market,
        place="Entrance of the shop, 1 Example Street",
        since=in_days(-3),
        until=None,
        by=market,
        through=Through.PAGE,
        nonce="posted-made-up",
    )
    look_after(send_photo(posting=hangs, chunks=[encoded(drawn())], by=by).pk)
    client = sign_in(Client(), staff(Role.ADMINISTRATOR))
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
