"""What keeps the sums begins to, and the rows that are there already are counted once.

Where a later version sums otherwise, a migration of its own installs and fills anew.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from recalldesk.reports.sums.checking import fill
from recalldesk.reports.sums.installing import install, remove


INSTALLS = "75e27598932b1f23"
"""The digest of what it installs: tables that were made by another are made anew."""


def _begin(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    with editor.connection.cursor() as cursor:
        install(cursor)  # nobody writes the tables from here on, until this is whole
        fill(cursor)


def _end(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    with editor.connection.cursor() as cursor:
        remove(cursor)


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0002_kept_sums"),
        ("claims", "0019_owners_by_the_hundred"),
        ("outreach", "0008_handed_out_lapsed_and_told_by_hand"),
        ("purchasers", "0005_units_of_purchases"),
        ("remedies", "0016_orders_of_corrections"),
    ]
    operations = [migrations.RunPython(_begin, _end)]
