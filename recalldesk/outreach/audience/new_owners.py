"""New owners as a reminder reaches them: whom somebody who was told named as who has the unit now.

Guarantee: they are reminded as any contact is, from when they were told themselves, until as many
units are answered for as were passed on to them; not where whoever named them took it back, nor
where what was bought is not in the wave, or in the recall, any more.
"""

NOTICES_TO_NEW_OWNERS = """
INSERT INTO told_notice (way, digest, kind, units, said_language, country, language, kept_back,
                         passed_on_id)
WITH RECURSIVE above AS (
    SELECT d.id AS owner_id, a.notice_id AS notice_id
    FROM outreach_directnotice d JOIN outreach_answer a ON a.id = d.passed_on_by_id
    WHERE d.recall_id = %(recall)s AND d.state = 'sent' AND a.undone_at IS NULL
    UNION
    SELECT u.owner_id, a.notice_id
    FROM above u JOIN outreach_directnotice d ON d.id = u.notice_id
    JOIN outreach_answer a ON a.id = d.passed_on_by_id AND a.undone_at IS NULL
)
SELECT DISTINCT ON (w.way, d.contact_digest) w.way, d.contact_digest, d.kind, d.units,
       d.language, d.country, '', '', d.id
FROM outreach_directnotice d
JOIN unnest(%(kinds)s::text[], %(ways)s::text[]) AS w (kind, way) ON w.kind = d.kind
WHERE d.sealed_to <> '' AND d.id IN (
    SELECT u.owner_id FROM above u JOIN outreach_namedpurchase n USING (notice_id)
    JOIN told_purchase p ON p.id = n.purchase_id
) AND NOT EXISTS (
    SELECT FROM told_notice t WHERE t.way = w.way AND t.digest = d.contact_digest
)
ORDER BY w.way, d.contact_digest, d.id
"""
"""One that has bought under the same contact, too, gets the reminder of a buyer."""
