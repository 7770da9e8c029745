"""The SQL by which a file that was taken back counts no more. `%(file)s` is its number.

Guarantee: what other files say of a purchase stays; what only this one said of it goes.
"""

from recalldesk.purchasers.importing.following import RETURNED

# A file of returns names orders of any shop by digests of its own.
_NAMED = """
    CREATE TEMPORARY TABLE linked_order ON COMMIT DROP AS
    WITH said AS MATERIALIZED (
        SELECT line_digest FROM purchasers_sighting WHERE file_id = %(file)s
    )
    SELECT p.id AS purchase FROM purchasers_purchase p
    WHERE p.recall_id = %(recall)s AND (
        p.line_digest IN (SELECT line_digest FROM said)
        OR (p.order_digest <> ''::bytea AND (
            {anywhere} IN (SELECT line_digest FROM said)
            OR {in_shop} IN (SELECT line_digest FROM said)
        ))
    )
"""
NAMED_BY_FILE = _NAMED.format(
    anywhere=RETURNED.format("p", "''"), in_shop=RETURNED.format("p", "p.channel")
)

# Which of them another file names, too, and where first.
OTHERWISE = """
    CREATE TEMPORARY TABLE known_otherwise ON COMMIT DROP AS
    SELECT DISTINCT ON (t.id) t.id, s.file_id, s.line, f.channel
    FROM touched_purchase t
    JOIN purchasers_sighting s ON s.recall_id = %(recall)s AND s.line_digest = t.line_digest
        AND s.named_by = 'product'
    JOIN purchasers_orderfile f ON f.id = s.file_id AND f.kind <> 'returns'
        AND f.taken_back_at IS NULL
    ORDER BY t.id, s.file_id
"""

GONE = """
    UPDATE purchasers_purchase p
    SET taken_back_at = %(now)s, unmatched_at = coalesce(p.unmatched_at, %(now)s),
        purchaser_id = NULL, is_buyer_by_order = false, ordered_on = NULL, country = '',
        sealed_serial = '', unit_digest = '', copies = 1
    FROM linked_order l
    WHERE p.id = l.purchase AND p.taken_back_at IS NULL
    AND NOT EXISTS (SELECT FROM known_otherwise k WHERE k.id = p.id)
"""

MOVED = """
    UPDATE purchasers_purchase p
    SET file_id = k.file_id, line = k.line, channel = k.channel, ordered_on = NULL, country = '',
        sealed_serial = '', unit_digest = '', copies = 1
    FROM known_otherwise k WHERE p.id = k.id AND p.file_id = %(file)s
"""

UNNAMED = """
    UPDATE purchasers_purchase p SET purchaser_id = NULL, is_buyer_by_order = false
    FROM linked_order l
    WHERE p.id = l.purchase AND p.purchaser_id IS NOT NULL
    AND NOT EXISTS (
        SELECT FROM purchasers_sighting s
        JOIN purchasers_orderfile f ON f.id = s.file_id AND f.kind <> 'returns'
            AND f.taken_back_at IS NULL
        WHERE s.recall_id = %(recall)s AND s.line_digest = p.line_digest
        AND s.purchaser_id = p.purchaser_id
    )
"""

NAMED_IN_IT = "SELECT purchase FROM linked_order"
WITHOUT_FILE = (GONE, MOVED, UNNAMED)
