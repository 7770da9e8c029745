"""A gift code that lies ready for its owner is late for nobody: its promise runs no more."""

from django.db import migrations

ENDS_PROMISES = """
UPDATE claims_claim SET promised_on = NULL
WHERE state = 'remedy_sent' AND promised_on IS NOT NULL AND remedy_id IN (
    SELECT remedy_id FROM remedies_order WHERE provider = 'codes')
"""


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0016_bounced_is_sent_again"),
        ("remedies", "0003_orders"),
    ]

    operations = [migrations.RunSQL(ENDS_PROMISES, migrations.RunSQL.noop)]
