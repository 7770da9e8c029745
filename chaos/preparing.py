"""Prepares an installation for a run: tables, staff, the recall, gift codes. `python -m …`."""

import argparse
from decimal import Decimal

import django

django.setup()

from django.conf import settings
from django.core.management import call_command

from chaos.remedies_offered import POOL, text_of_recall
from recalldesk.recalls.models import Recall
from recalldesk.remedies.providers.codes.importing.run import import_codes
from recalldesk.remedies.providers.codes.pools import open_pool
from tests.cast import SLUG, Desk, make_cast

CODE = "MADEUP{:08d}"


def prepare(claims: int) -> None:
    """For so many claims; a few more codes than they need."""
    call_command("migrate", verbosity=0, interactive=False)
    folder = settings.HOME.parent
    cast = make_cast()
    Desk(cast, folder).published(text_of_recall(max(5, claims // 4)))
    recall = Recall.objects.get(slug=SLUG)
    pool = open_pool(
        recall=recall, name=POOL, value=Decimal("30.00"), currency="USD", by=cast.author
    )
    path = folder / "codes.csv"
    codes = (CODE.format(number) for number in range(claims // 5 + 20))
    path.write_text("\n".join(["code", *codes]) + "\n", encoding="utf-8")
    import_codes(
        pool=pool,
        path=path,
        by=cast.author,
        column="",
        pin_column="",
        sheet=None,
        reject_file=None,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m chaos.preparing")
    parser.add_argument("claims", type=int)
    prepare(parser.parse_args().claims)
