"""The SQL by which purchases follow from what all files say of them.

What is found out of all files is found once (`MATERIALIZED`), however few rows the tables had when
they were measured last. Guarantees: a file that was taken back counts for nothing; the buyer that a
line of the product names goes before one that is known by the order's number; the same again
changes nothing. Its parameters: `%(recall)s`, `%(files)s`, `%(now)s`.
"""

# `digests.returned_digest` says what it is.
RETURNED = "sha256({0}.order_digest || convert_to({0}.product || E'\\n' || {1}, 'UTF8'))"
# The purchases of which this run says something. `peers`: how many have its order's number and its
# product, in whatever shop; `near`: in this form of file; `is_shared`: another buyer's order, too,
# has its number in the same shop; `is_covered`: a file of this run has it, and not as units back.
_TOUCHED = """
    CREATE TEMPORARY TABLE touched_purchase ON COMMIT DROP AS
    SELECT p.id, p.line_digest, p.order_digest, p.product,
        CASE WHEN p.order_digest <> ''::bytea THEN {anywhere} END AS anywhere,
        CASE WHEN p.order_digest <> ''::bytea THEN {in_shop} END AS in_shop,
        count(*) OVER (PARTITION BY p.order_digest, p.product) AS peers,
        count(*) OVER (PARTITION BY p.order_digest, p.product, p.channel) AS near,
        p.order_digest <> ''::bytea AND EXISTS (
            SELECT FROM purchasers_purchase q JOIN purchasers_purchaser b ON b.id = q.purchaser_id
            WHERE q.recall_id = p.recall_id AND q.order_digest = p.order_digest AND q.id <> p.id
            AND q.line_digest = sha256(p.line_digest || b.digest)
        ) AS is_shared,
        EXISTS (
            SELECT FROM grouped_order g JOIN purchasers_orderfile f ON f.id = g.file
            WHERE g.line_digest = p.line_digest AND f.kind <> 'returns'
        ) AS is_covered
    FROM purchasers_purchase p
    WHERE p.id IN (
        SELECT p.id FROM grouped_order g
        JOIN purchasers_purchase p ON p.recall_id = %(recall)s AND p.line_digest = g.line_digest
        UNION
        SELECT p.id FROM grouped_order g
        JOIN purchasers_purchase p ON p.recall_id = %(recall)s
            AND p.order_digest = g.order_digest AND p.product = g.product
        WHERE g.order_digest <> ''::bytea
        UNION
        SELECT purchase FROM linked_order
        UNION
        SELECT q.id FROM linked_order l JOIN purchasers_purchase p ON p.id = l.purchase
        JOIN purchasers_purchase q ON q.recall_id = p.recall_id
            AND q.order_digest = p.order_digest AND q.product = p.product
        WHERE p.order_digest <> ''::bytea
    )
"""
TOUCHED = _TOUCHED.format(
    anywhere=RETURNED.format("p", "''"), in_shop=RETURNED.format("p", "p.channel")
)

# The database has no measure of the sightings that this very transaction brought, and takes them
# for few: without an index it may hold each against each, for minutes where they are thousands.
INDEXES = tuple(
    f"CREATE INDEX ON touched_purchase ({column})"
    for column in ("line_digest", "anywhere", "in_shop", "id")
)

# The largest that any one file says: a file that overlaps another counts nothing twice. What came
# back of an order that two shops have is taken off neither: nobody is silenced by a guess.
UNITS = """
    WITH most AS MATERIALIZED (
        SELECT named.id, max(s.units) AS units, max(s.units_back) AS units_back
        FROM (
            SELECT id, line_digest AS digest, is_shared FROM touched_purchase
            UNION ALL SELECT id, anywhere, false FROM touched_purchase WHERE peers = 1
            UNION ALL SELECT id, in_shop, false FROM touched_purchase WHERE near = 1
        ) named
        JOIN purchasers_sighting s ON s.recall_id = %(recall)s AND s.line_digest = named.digest
        JOIN purchasers_orderfile f ON f.id = s.file_id AND f.taken_back_at IS NULL
        WHERE NOT (named.is_shared AND f.kind = 'returns')
        GROUP BY named.id
    )
    UPDATE purchasers_purchase p
    SET units = most.units, units_back = least(most.units_back, most.units)
    FROM most
    WHERE p.id = most.id
    AND (p.units, p.units_back) IS DISTINCT FROM
        (most.units, least(most.units_back, most.units))
"""

# Of the file that says most units, since it is of all of them.
PRICES = """
    WITH most AS MATERIALIZED (
        SELECT DISTINCT ON (t.id) t.id, s.price, s.currency
        FROM touched_purchase t
        JOIN purchasers_sighting s ON s.recall_id = %(recall)s AND s.line_digest = t.line_digest
            AND s.named_by = 'product'
        JOIN purchasers_orderfile f ON f.id = s.file_id AND f.kind <> 'returns'
            AND f.taken_back_at IS NULL
        ORDER BY t.id, s.units DESC, s.price IS NULL, s.currency = '', s.file_id
    )
    UPDATE purchasers_purchase p SET price = most.price, currency = most.currency
    FROM most
    WHERE p.id = most.id
    AND (p.price, p.currency) IS DISTINCT FROM (most.price, most.currency)
"""

# A return that names its own shop's order is in no doubt, whoever else has that number. What is in
# question comes first.
BACK_IN_DOUBT = """
    WITH doubtful AS MATERIALIZED (
        SELECT s.id, s.file_id, s.line_digest, s.units_back FROM touched_purchase t
        JOIN purchasers_sighting s ON s.recall_id = %(recall)s AND s.line_digest = t.anywhere
        JOIN purchasers_orderfile f ON f.id = s.file_id AND f.taken_back_at IS NULL
        WHERE t.peers > 1
        UNION SELECT s.id, s.file_id, s.line_digest, s.units_back FROM touched_purchase t
        JOIN purchasers_sighting s ON s.recall_id = %(recall)s AND s.line_digest = t.in_shop
        JOIN purchasers_orderfile f ON f.id = s.file_id AND f.taken_back_at IS NULL
        WHERE t.near > 1
    ), clear AS MATERIALIZED (
        SELECT d.id FROM doubtful d
        JOIN touched_purchase t ON t.anywhere = d.line_digest AND NOT t.is_shared
        JOIN purchasers_sighting own
            ON own.file_id = d.file_id AND own.line_digest = t.line_digest
        UNION SELECT d.id FROM doubtful d
        JOIN touched_purchase t ON t.in_shop = d.line_digest AND NOT t.is_shared
        JOIN purchasers_sighting own
            ON own.file_id = d.file_id AND own.line_digest = t.line_digest
    )
    SELECT coalesce(sum(units_back), 0) FROM doubtful d
    WHERE d.id NOT IN (SELECT id FROM clear)
"""

# What came back of orders that no order file names as affected: it is taken off nothing.
BACK_OF_NONE = """
    WITH back AS MATERIALIZED (
        SELECT line_digest, order_digest, product, units_back FROM grouped_order
        WHERE units_back > 0
    ), bought AS MATERIALIZED (
        SELECT t.line_digest, t.order_digest, t.product FROM touched_purchase t
        JOIN purchasers_purchase p ON p.id = t.id AND p.unmatched_at IS NULL
    )
    SELECT coalesce(sum(g.units_back), 0) FROM back g
    WHERE NOT EXISTS (SELECT FROM bought t WHERE t.line_digest = g.line_digest)
    AND NOT EXISTS (
        SELECT FROM bought t WHERE g.order_digest <> ''::bytea
        AND t.order_digest = g.order_digest AND t.product = g.product
    )
"""

# One that no file of this run covers, though every file that names it was read again.
UNMATCHED = """
    UPDATE purchasers_purchase p SET unmatched_at = %(now)s
    WHERE p.recall_id = %(recall)s AND p.unmatched_at IS NULL
    AND NOT EXISTS (
        SELECT FROM grouped_order g JOIN purchasers_orderfile f ON f.id = g.file
        WHERE g.line_digest = p.line_digest AND f.kind <> 'returns'
    )
    AND NOT EXISTS (
        SELECT FROM purchasers_sighting s JOIN purchasers_orderfile f ON f.id = s.file_id
        WHERE s.recall_id = p.recall_id AND s.line_digest = p.line_digest
        AND s.named_by = 'product' AND f.taken_back_at IS NULL
        AND f.kind <> 'returns' AND NOT f.id = ANY(%(files)s)
    )
"""

# What a file that was read again does not cover any more says nothing of how sure it is.
COVERED_NO_MORE = """
    UPDATE purchasers_sighting s SET strength = '', reasons = '[]'
    WHERE s.recall_id = %(recall)s AND s.file_id = ANY(%(files)s)
    AND s.named_by = 'product' AND s.strength <> ''
    AND NOT EXISTS (
        SELECT FROM grouped_order g WHERE g.file = s.file_id AND g.line_digest = s.line_digest
    )
"""

# 'strong' sorts before 'weak'. One that this run covers is covered again.
STRENGTHS = """
    WITH best AS MATERIALIZED (
        SELECT DISTINCT ON (t.id) t.id, s.strength, s.reasons, t.is_covered
        FROM touched_purchase t
        JOIN purchasers_sighting s ON s.recall_id = %(recall)s AND s.line_digest = t.line_digest
            AND s.named_by = 'product' AND s.strength <> ''
        JOIN purchasers_orderfile f ON f.id = s.file_id AND f.kind <> 'returns'
            AND f.taken_back_at IS NULL
        ORDER BY t.id, s.strength, s.file_id
    )
    UPDATE purchasers_purchase p
    SET strength = best.strength, reasons = best.reasons,
        unmatched_at = CASE WHEN best.is_covered THEN NULL ELSE p.unmatched_at END,
        taken_back_at = CASE WHEN best.is_covered THEN NULL ELSE p.taken_back_at END
    FROM best
    WHERE p.id = best.id
    AND ((p.strength, p.reasons) IS DISTINCT FROM (best.strength, best.reasons)
        OR (best.is_covered AND p.unmatched_at IS NOT NULL))
"""

# Who is named by a line of the product before who is named by the order's number. A buyer stays
# where every file that named them was erased, and goes only with a file that is taken back.
BUYERS_OF_TOUCHED = """
    WITH named AS MATERIALIZED (
        SELECT DISTINCT ON (t.id) t.id, s.purchaser_id, s.named_by = 'order' AS by_order
        FROM touched_purchase t
        JOIN purchasers_sighting s ON s.recall_id = %(recall)s AND s.line_digest = t.line_digest
            AND s.purchaser_id IS NOT NULL
        JOIN purchasers_orderfile f ON f.id = s.file_id AND f.kind <> 'returns'
            AND f.taken_back_at IS NULL
        ORDER BY t.id, s.named_by = 'order', s.named_by = 'sku', s.file_id
    )
    UPDATE purchasers_purchase p
    SET purchaser_id = named.purchaser_id, is_buyer_by_order = named.by_order
    FROM named
    WHERE p.id = named.id AND (p.purchaser_id IS NULL OR p.is_buyer_by_order)
    AND (p.purchaser_id, p.is_buyer_by_order)
        IS DISTINCT FROM (named.purchaser_id, named.by_order)
"""

# A name that is known by the order's number alone is told to nobody before somebody has looked.
WEAK_BY_ORDER = """
    UPDATE purchasers_purchase p SET strength = 'weak', reasons = p.reasons || '["same_order"]'
    FROM touched_purchase t
    WHERE p.id = t.id AND p.is_buyer_by_order AND NOT p.reasons ? 'same_order'
"""

FOLLOWING = (STRENGTHS, UNITS, PRICES, BUYERS_OF_TOUCHED, WEAK_BY_ORDER)
