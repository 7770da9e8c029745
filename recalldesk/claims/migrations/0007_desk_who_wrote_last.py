"""Fills since when an owner waits for an answer, of filings whose owner wrote last."""

from django.db import migrations

UNANSWERED = """
    SET CONSTRAINTS ALL IMMEDIATE;
    UPDATE claims_filing SET owner_wrote_at = newest.at
    FROM (
        SELECT DISTINCT ON (filing_id) filing_id, direction, at
        FROM claims_message ORDER BY filing_id, at DESC, id DESC
    ) AS newest
    WHERE newest.filing_id = claims_filing.id AND newest.direction = 'from_owner'
        AND claims_filing.state = 'filed' AND claims_filing.owner_wrote_at IS NULL;
    UPDATE claims_claim SET desk = 'answered'
    FROM claims_filing
    WHERE claims_filing.id = claims_claim.filing_id AND claims_filing.owner_wrote_at IS NOT NULL
        AND claims_claim.desk IN ('', 'review') AND claims_claim.state <> 'draft'
        AND NOT EXISTS (
            SELECT FROM claims_claim AS earlier
            WHERE earlier.filing_id = claims_claim.filing_id
                AND earlier.position < claims_claim.position
        );
    SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0006_the_queue")]

    operations = [migrations.RunSQL(UNANSWERED, migrations.RunSQL.noop)]
