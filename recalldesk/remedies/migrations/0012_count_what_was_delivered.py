"""What reached its owner before corrections were counted counts from the day on which it did."""

from django.db import migrations

COUNT = """
    INSERT INTO remedies_correction
        (recall_id, level, measure, units, unit_digest, turn, remedy_id, counted_at)
    SELECT DISTINCT ON (owed.unit_digest)
        remedy.recall_id, 'consumer',
        CASE placed.asked ->> 'kind'
            WHEN 'replacement' THEN 'replaced' WHEN 'repair' THEN 'repaired' ELSE 'refunded' END,
        1, owed.unit_digest, 1, remedy.id, COALESCE(placed.delivered_at, remedy.created_at)
    FROM remedies_remedy AS remedy
    JOIN remedies_order AS placed ON placed.remedy_id = remedy.id
    JOIN remedies_entitlement AS owed ON owed.id = remedy.entitlement_id
    WHERE remedy.state = 'delivered'
    ORDER BY owed.unit_digest, placed.delivered_at, remedy.id
"""


class Migration(migrations.Migration):
    """Writes a row for each unit whose remedy was delivered."""

    dependencies = [("remedies", "0011_corrections")]

    operations = [migrations.RunSQL(COUNT, migrations.RunSQL.noop)]
