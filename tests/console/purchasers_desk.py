"""A program: serves a desk with order files and purchasers, until it is ended. What it is given:
folder and port. All of it is made up. Sessions of two recall managers lie in the folder.
"""

import os
import signal
import sys
from pathlib import Path

SESSION, OTHER = "session", "other"


def text_with_numbers() -> str:
    """The kettle's recall, whose product shops call as the made-up order files do."""
    from recalldesk.demo.orders.goods import BLUE_POWER_BANK, POWER_BANK, SINCE, UNTIL
    from tests.claims.owner import text_with_all_remedies

    numbers = {
        ("Amazon", "asin", POWER_BANK.asin),
        *(
            (shop, "sku", POWER_BANK.skus[shop.lower()])
            for shop in ("Amazon", "eBay", "Newegg", "Shopify")
        ),
        ("Shopify", "sku", BLUE_POWER_BANK.skus["shopify"]),
        ("eBay", "item_number", POWER_BANK.ebay_item),
        ("eBay", "item_number", BLUE_POWER_BANK.ebay_item),
        ("Newegg", "item_number", POWER_BANK.newegg_item),
    }
    blocks = "".join(
        f'[[products.identifiers]]\nchannel = "{shop}"\nkind = "{kind}"\nvalue = "{value}"\n\n'
        for shop, kind, value in sorted(numbers)
    )
    text = text_with_all_remedies()
    first = '[[products.identifiers]]\nchannel = "Example Shop"'
    made, sold = "since = 2024-01-08\nuntil = 2024-06-28", "until = 2025-02-28"
    assert all(each in text for each in (first, made, sold, "since = 2024-02-01"))
    return (
        text.replace(first, blocks + first)
        .replace(made, f"since = {SINCE}\nuntil = {UNTIL}")
        .replace("since = 2024-02-01", f"since = {SINCE}")
        .replace(sold, f"until = {UNTIL}")
    )


def _make(folder: Path) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections, transaction
    from django.test import Client

    from recalldesk.accounts.permissions import Role
    from recalldesk.recalls.models import Recall
    from tests.at_the_desk import sign_in, staff
    from tests.cast import SLUG, Desk, make_cast
    from tests.console.purchasers_rows import made_rows

    call_command("migrate", verbosity=0, interactive=False)
    Desk(make_cast(), folder).published(text_with_numbers())
    max_ = staff(Role.RECALL_MANAGER, name="Max Made-Up", email="max@staff.example")
    with transaction.atomic():
        made_rows(Recall.objects.get(slug=SLUG), max_)
    mia = staff(Role.RECALL_MANAGER, name="Mia Made-Up", email="mia@staff.example")
    for name, person in ((SESSION, max_), (OTHER, mia)):
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
