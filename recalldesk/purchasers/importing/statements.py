"""The SQL of an import: what a file says, on its way into the tables. Its parameters: `%(recall)s`
and `%(now)s`."""

from recalldesk.purchasers.importing.following import RETURNED

STAGED = (
    "staged_order_line",
    "staged_named_order",
    "staged_buyer",
    "staged_contact",
    "staged_key",
)
TABLES = (*STAGED, "linked_order", "grouped_order", "touched_purchase", "known_otherwise")

CREATE = (
    """
    CREATE TEMPORARY TABLE staged_order_line (
        file bigint NOT NULL, line bigint NOT NULL, line_digest bytea NOT NULL, product text,
        order_digest bytea, sealed_order bytea, sealed_serial bytea, unit_digest bytea, units int,
        units_back int, copies int, price numeric, currency text, ordered_on date, country text,
        strength text, reasons jsonb, buyer bytea, returned_to text, sku_digest bytea
    ) ON COMMIT DROP
    """,
    """
    CREATE TEMPORARY TABLE staged_named_order (
        file bigint NOT NULL, line bigint NOT NULL, order_digest bytea NOT NULL, units int,
        sku_digest bytea, is_other boolean, buyer bytea NOT NULL
    ) ON COMMIT DROP
    """,
    """
    CREATE TEMPORARY TABLE staged_buyer (
        place bigint GENERATED ALWAYS AS IDENTITY, digest bytea NOT NULL, sealed_name bytea,
        name_digest bytea, country text
    ) ON COMMIT DROP
    """,
    """
    CREATE TEMPORARY TABLE staged_contact (
        buyer bytea NOT NULL, kind text, sealed_value bytea, digest bytea
    ) ON COMMIT DROP
    """,
    """
    CREATE TEMPORARY TABLE staged_key (buyer bytea NOT NULL, kind int, digest bytea) ON COMMIT DROP
    """,
)

COPY_LINES = "COPY staged_order_line FROM STDIN"
COPY_NAMED_ORDERS = "COPY staged_named_order FROM STDIN"
COPY_BUYERS = "COPY staged_buyer (digest, sealed_name, name_digest, country) FROM STDIN"
COPY_CONTACTS = "COPY staged_contact FROM STDIN"
COPY_KEYS = "COPY staged_key FROM STDIN"
COPY_REJECTS = "COPY purchasers_orderreject (file_id, number, reason, sealed_row) FROM STDIN"

# A person for each purchaser who is new: who is one with whom is found afterwards.
BUYERS = """
    WITH fresh AS (
        SELECT DISTINCT ON (s.digest) s.*, nextval(
            pg_get_serial_sequence('purchasers_person', 'id')
        ) AS person
        FROM staged_buyer s
        WHERE NOT EXISTS (
            SELECT FROM purchasers_purchaser p
            WHERE p.recall_id = %(recall)s AND p.digest = s.digest
        )
        ORDER BY s.digest, s.place
    ), persons AS (
        INSERT INTO purchasers_person (id, recall_id, at)
        SELECT person, %(recall)s, %(now)s FROM fresh
    )
    INSERT INTO purchasers_purchaser
        (recall_id, person_id, digest, sealed_name, name_digest, country, language, at)
    SELECT %(recall)s, person, digest, sealed_name, name_digest, country, '', %(now)s
    FROM fresh ORDER BY place
"""

CONTACTS = """
    INSERT INTO purchasers_contactpoint (purchaser_id, recall_id, kind, sealed_value, digest)
    SELECT DISTINCT ON (p.id, s.kind, s.digest) p.id, %(recall)s, s.kind, s.sealed_value, s.digest
    FROM staged_contact s
    JOIN purchasers_purchaser p ON p.recall_id = %(recall)s AND p.digest = s.buyer
    ORDER BY p.id, s.kind, s.digest
    ON CONFLICT DO NOTHING
"""

KEYS = """
    INSERT INTO purchasers_purchaserkey (purchaser_id, recall_id, kind, digest)
    SELECT DISTINCT p.id, %(recall)s, s.kind, s.digest
    FROM staged_key s JOIN purchasers_purchaser p ON p.recall_id = %(recall)s AND p.digest = s.buyer
    ON CONFLICT DO NOTHING
"""

# Two shops that were told by one name, as two stores at Shopify, may both have an order #1001. So
# a buyer who shares neither name nor contact with the one who is known by it has an order of their
# own: else they would stand in no list. A line without a buyer says nothing against.
OF_ANOTHER_BUYER = """
    WITH said AS (
        SELECT s.line_digest, p.id, p.digest, p.name_digest, min(s.line) AS line
        FROM staged_order_line s
        JOIN purchasers_orderfile f ON f.id = s.file AND f.kind <> 'returns'
        JOIN purchasers_purchaser p ON p.recall_id = %(recall)s AND p.digest = s.buyer
        GROUP BY s.line_digest, p.id
    ), known AS (
        SELECT DISTINCT ON (line_digest) line_digest, buyer FROM (
            SELECT p.line_digest, p.purchaser_id AS buyer, 0 AS line
            FROM purchasers_purchase p WHERE p.recall_id = %(recall)s
            AND p.purchaser_id IS NOT NULL AND NOT p.is_buyer_by_order
            AND p.line_digest IN (SELECT line_digest FROM said)
            UNION ALL SELECT line_digest, id, line FROM said
        ) each ORDER BY line_digest, line, buyer
    ), others AS (
        SELECT s.line_digest, s.digest FROM said s
        JOIN known k ON k.line_digest = s.line_digest AND k.buyer <> s.id
        JOIN purchasers_purchaser b ON b.id = k.buyer
        WHERE (s.name_digest <> b.name_digest OR s.name_digest = ''::bytea)
        AND NOT EXISTS (
            SELECT FROM purchasers_contactpoint one JOIN purchasers_contactpoint other
            ON other.kind = one.kind AND other.digest = one.digest
            WHERE one.purchaser_id = s.id AND other.purchaser_id = b.id
        )
    )
    UPDATE staged_order_line s SET line_digest = sha256(o.line_digest || o.digest)
    FROM others o WHERE s.line_digest = o.line_digest AND s.buyer = o.digest
"""

# What one file says of one product of one order: all of its lines together.
GROUP = """
    CREATE TEMPORARY TABLE grouped_order ON COMMIT DROP AS
    SELECT s.file, s.line_digest, min(s.line) AS line,
        (array_agg(s.product ORDER BY s.line))[1] AS product,
        (array_agg(s.order_digest ORDER BY s.line))[1] AS order_digest,
        (array_agg(s.sealed_order ORDER BY s.line))[1] AS sealed_order,
        (array_agg(s.sealed_serial ORDER BY s.sealed_serial = ''::bytea, s.line))[1]
            AS sealed_serial,
        (array_agg(s.unit_digest ORDER BY s.sealed_serial = ''::bytea, s.line))[1] AS unit_digest,
        least(sum(s.units), 2147483647)::int AS units,
        least(sum(s.units_back), 2147483647)::int AS units_back,
        max(s.copies) AS copies,
        CASE WHEN count(s.price) = count(*) AND count(DISTINCT s.currency) = 1
            AND sum(s.price) < 1e12 THEN sum(s.price) END AS price,
        max(s.currency) AS currency, min(s.ordered_on) AS ordered_on,
        max(s.country) AS country, min(s.strength) AS strength,
        (array_agg(s.reasons ORDER BY s.strength, s.line))[1] AS reasons,
        (array_agg(p.id ORDER BY p.id IS NULL, s.line))[1] AS purchaser,
        max(s.returned_to) AS returned_to, max(s.sku_digest) AS sku_digest
    FROM staged_order_line s
    LEFT JOIN purchasers_purchaser p ON p.recall_id = %(recall)s AND p.digest = s.buyer
    GROUP BY s.file, s.line_digest
"""

_SIGHTED = """
    INSERT INTO purchasers_sighting
        (recall_id, file_id, line, line_digest, units, units_back, price, currency, strength,
        reasons, sku_digest, named_by, purchaser_id)
    SELECT %(recall)s, file, line, {0}, units, units_back, price,
        CASE WHEN price IS NULL THEN '' ELSE currency END, strength, reasons, sku_digest, 'product',
        purchaser
    FROM grouped_order g {1}
    ON CONFLICT (file_id, line_digest) DO UPDATE
    SET units = EXCLUDED.units, units_back = EXCLUDED.units_back, line = EXCLUDED.line,
        price = EXCLUDED.price, currency = EXCLUDED.currency, strength = EXCLUDED.strength,
        reasons = EXCLUDED.reasons, sku_digest = EXCLUDED.sku_digest,
        named_by = EXCLUDED.named_by, purchaser_id = EXCLUDED.purchaser_id
    WHERE (purchasers_sighting.units, purchasers_sighting.units_back, purchasers_sighting.line,
        purchasers_sighting.price, purchasers_sighting.currency, purchasers_sighting.strength,
        purchasers_sighting.reasons, purchasers_sighting.sku_digest,
        purchasers_sighting.named_by, purchasers_sighting.purchaser_id)
        IS DISTINCT FROM
        (EXCLUDED.units, EXCLUDED.units_back, EXCLUDED.line, EXCLUDED.price, EXCLUDED.currency,
        EXCLUDED.strength, EXCLUDED.reasons, EXCLUDED.sku_digest, EXCLUDED.named_by,
        EXCLUDED.purchaser_id)
"""
SIGHTINGS = _SIGHTED.format("line_digest", "")
# A file of returns is mostly a warehouse's, and names orders of other shops than its own.
RETURNED_ELSEWHERE = _SIGHTED.format(
    RETURNED.format("g", "g.returned_to"), "WHERE g.returned_to IS NOT NULL"
)

# 'strong' sorts before 'weak'. Where the same is known from another file, the surer one counts.
PURCHASES = """
    INSERT INTO purchasers_purchase
        (recall_id, file_id, line, channel, product, purchaser_id, is_buyer_by_order,
        line_digest, order_digest,
        sealed_order, sealed_serial, unit_digest, units, copies, units_back, currency, ordered_on,
        country, strength, reasons, at)
    SELECT %(recall)s, file, line, channel, product, purchaser, false, line_digest, order_digest,
        sealed_order, sealed_serial, unit_digest, units, copies, 0, '', ordered_on, country,
        strength, reasons, %(now)s
    FROM (
        SELECT DISTINCT ON (g.line_digest) g.*, f.channel
        FROM grouped_order g JOIN purchasers_orderfile f ON f.id = g.file AND f.kind <> 'returns'
        ORDER BY g.line_digest, g.purchaser IS NULL, g.strength, g.file
    ) fresh
    ORDER BY file, line
    ON CONFLICT (recall_id, line_digest) DO UPDATE
    SET file_id = CASE WHEN purchasers_purchase.taken_back_at IS NULL
            THEN purchasers_purchase.file_id ELSE EXCLUDED.file_id END,
        line = CASE WHEN purchasers_purchase.taken_back_at IS NULL
            THEN purchasers_purchase.line ELSE EXCLUDED.line END,
        channel = CASE WHEN purchasers_purchase.taken_back_at IS NULL
            THEN purchasers_purchase.channel ELSE EXCLUDED.channel END,
        purchaser_id = coalesce(purchasers_purchase.purchaser_id, EXCLUDED.purchaser_id),
        sealed_serial = CASE WHEN purchasers_purchase.sealed_serial = ''::bytea
            THEN EXCLUDED.sealed_serial ELSE purchasers_purchase.sealed_serial END,
        unit_digest = CASE WHEN purchasers_purchase.unit_digest = ''::bytea
            THEN EXCLUDED.unit_digest ELSE purchasers_purchase.unit_digest END,
        copies = greatest(purchasers_purchase.copies, EXCLUDED.copies),
        ordered_on = coalesce(purchasers_purchase.ordered_on, EXCLUDED.ordered_on),
        country = CASE WHEN purchasers_purchase.country = ''
            THEN EXCLUDED.country ELSE purchasers_purchase.country END
"""

TOLD = """
    SELECT count(*), coalesce(sum(units) FILTER (WHERE strength = 'strong'), 0),
        coalesce(sum(units) FILTER (WHERE strength = 'weak'), 0),
        coalesce(sum(units_back), 0), count(DISTINCT purchaser),
        (SELECT count(DISTINCT purchase) FROM linked_order)
    FROM grouped_order
"""
