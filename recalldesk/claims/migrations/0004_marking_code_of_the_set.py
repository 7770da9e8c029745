from django.db import migrations

TO_THE_SET = """
    UPDATE evidence_evidenceset SET marking_code = claims_claim.marking_code
    FROM claims_claim WHERE claims_claim.evidence_id = evidence_evidenceset.id
"""
BACK = """
    UPDATE claims_claim SET marking_code = evidence_evidenceset.marking_code
    FROM evidence_evidenceset WHERE claims_claim.evidence_id = evidence_evidenceset.id
"""


class Migration(migrations.Migration):
    """What is to be written on a unit belongs to the photos that have to show it."""

    dependencies = [
        ("claims", "0003_a_copy_asks_for_a_code"),
        ("evidence", "0002_what_was_read"),
    ]

    operations = [
        migrations.RunSQL(TO_THE_SET, BACK),
        migrations.RemoveField(
            model_name="claim",
            name="marking_code",
        ),
    ]
