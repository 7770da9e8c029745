"""Of each thing whose notes were erased before the log said so, the log says it now."""

from django.db import migrations

SAY_IT = """
    INSERT INTO audit_statechange
        (at, recall_id, subject, subject_id, from_state, to_state, reason, actor)
    SELECT DISTINCT ON (s.subject, s.subject_id)
        now(), s.recall_id, s.subject, s.subject_id, 'erased', 'erased', 'erased', 'machine'
    FROM audit_note n JOIN audit_statechange s ON s.note_id = n.id
    WHERE n.erased_at IS NOT NULL
    ORDER BY s.subject, s.subject_id, s.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0013_contents"),
    ]

    operations = [
        migrations.RunSQL(SAY_IT, migrations.RunSQL.noop),
    ]
