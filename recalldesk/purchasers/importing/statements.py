"""The SQL of an import. `%(recall)s`, `%(file)s`, `%(channel)s`, `%(now)s` are its parameters."""

STAGED = ("staged_order_line", "staged_buyer", "staged_contact", "staged_key")
TABLES = (*STAGED, "grouped_order", "touched_purchase")

CREATE = (
    """
    CREATE TEMPORARY TABLE staged_order_line (
        file bigint NOT NULL, line bigint NOT NULL, line_digest bytea NOT NULL, product text,
        order_digest bytea, sealed_order bytea, sealed_serial bytea, units int, units_back int,
        copies int, price numeric, currency text, ordered_on date, country text, strength text,
        reasons jsonb, buyer bytea, returned_to text
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
            AND p.purchaser_id IS NOT NULL AND p.line_digest IN (SELECT line_digest FROM said)
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
        least(sum(s.units), 2147483647)::int AS units,
        least(sum(s.units_back), 2147483647)::int AS units_back,
        max(s.copies) AS copies,
        CASE WHEN count(s.price) = count(*) AND count(DISTINCT s.currency) = 1
            AND sum(s.price) < 1e12 THEN sum(s.price) END AS price,
        max(s.currency) AS currency, min(s.ordered_on) AS ordered_on,
        max(s.country) AS country, min(s.strength) AS strength,
        (array_agg(s.reasons ORDER BY s.strength, s.line))[1] AS reasons,
        (array_agg(p.id ORDER BY p.id IS NULL, s.line))[1] AS purchaser,
        max(s.returned_to) AS returned_to
    FROM staged_order_line s
    LEFT JOIN purchasers_purchaser p ON p.recall_id = %(recall)s AND p.digest = s.buyer
    GROUP BY s.file, s.line_digest
"""

# `digests.returned_digest` says what it is.
RETURNED = "sha256({0}.order_digest || convert_to({0}.product || E'\\n' || {1}, 'UTF8'))"
_SIGHTED = """
    INSERT INTO purchasers_sighting
        (recall_id, file_id, line, line_digest, units, units_back, price, currency, purchaser_id)
    SELECT %(recall)s, file, line, {0}, units, units_back, price,
        CASE WHEN price IS NULL THEN '' ELSE currency END, purchaser
    FROM grouped_order g {1}
    ON CONFLICT (file_id, line_digest) DO UPDATE
    SET units = EXCLUDED.units, units_back = EXCLUDED.units_back, line = EXCLUDED.line,
        price = EXCLUDED.price, currency = EXCLUDED.currency, purchaser_id = EXCLUDED.purchaser_id
    WHERE (purchasers_sighting.units, purchasers_sighting.units_back, purchasers_sighting.line,
        purchasers_sighting.price, purchasers_sighting.currency, purchasers_sighting.purchaser_id)
        IS DISTINCT FROM
        (EXCLUDED.units, EXCLUDED.units_back, EXCLUDED.line, EXCLUDED.price, EXCLUDED.currency,
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
        (recall_id, file_id, line, channel, product, purchaser_id, line_digest, order_digest,
        sealed_order, sealed_serial, units, copies, units_back, currency, ordered_on, country,
        strength, reasons, at)
    SELECT %(recall)s, file, line, channel, product, purchaser, line_digest, order_digest,
        sealed_order, sealed_serial, units, copies, 0, '', ordered_on, country, strength, reasons,
        %(now)s
    FROM (
        SELECT DISTINCT ON (g.line_digest) g.*, f.channel
        FROM grouped_order g JOIN purchasers_orderfile f ON f.id = g.file AND f.kind <> 'returns'
        ORDER BY g.line_digest, g.purchaser IS NULL, g.strength, g.file
    ) fresh
    ORDER BY file, line
    ON CONFLICT (recall_id, line_digest) DO UPDATE
    SET purchaser_id = coalesce(purchasers_purchase.purchaser_id, EXCLUDED.purchaser_id),
        sealed_serial = CASE WHEN purchasers_purchase.sealed_serial = ''::bytea
            THEN EXCLUDED.sealed_serial ELSE purchasers_purchase.sealed_serial END,
        copies = greatest(purchasers_purchase.copies, EXCLUDED.copies),
        ordered_on = coalesce(purchasers_purchase.ordered_on, EXCLUDED.ordered_on),
        country = CASE WHEN purchasers_purchase.country = ''
            THEN EXCLUDED.country ELSE purchasers_purchase.country END
"""

# How sure it is, over all files: `anew` judges by what was read in this run alone.
STRENGTHS = """
    UPDATE purchasers_purchase p
    SET strength = best.strength, reasons = best.reasons, unmatched_at = NULL
    FROM (
        SELECT DISTINCT ON (line_digest) line_digest, strength, reasons
        FROM grouped_order g JOIN purchasers_orderfile f ON f.id = g.file AND f.kind <> 'returns'
        ORDER BY line_digest, strength, file
    ) best
    WHERE p.recall_id = %(recall)s AND p.line_digest = best.line_digest
    AND (%(anew)s OR p.unmatched_at IS NOT NULL OR best.strength < p.strength)
    AND (p.strength, p.reasons, p.unmatched_at) IS DISTINCT FROM
        (best.strength, best.reasons, NULL::timestamptz)
"""

# The purchases of which this run says something. `peers`: how many have its order's number and its
# product, in whatever shop; `near`: in this form of file; `is_shared`: another buyer's order, too,
# has its number in the same shop.
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
        ) AS is_shared
    FROM purchasers_purchase p
    WHERE p.id IN (
        SELECT p.id FROM grouped_order g
        JOIN purchasers_purchase p ON p.recall_id = %(recall)s AND p.line_digest = g.line_digest
        UNION
        SELECT p.id FROM grouped_order g
        JOIN purchasers_purchase p ON p.recall_id = %(recall)s
            AND p.order_digest = g.order_digest AND p.product = g.product
        WHERE g.order_digest <> ''::bytea
    )
"""
TOUCHED = _TOUCHED.format(
    anywhere=RETURNED.format("p", "''"), in_shop=RETURNED.format("p", "p.channel")
)

# The largest that any one file says: a file that overlaps another counts nothing twice. What came
# back of an order that two shops have is taken off neither: nobody is silenced by a guess.
UNITS = """
    UPDATE purchasers_purchase p
    SET units = most.units, units_back = least(most.units_back, most.units)
    FROM (
        SELECT named.id, max(s.units) AS units, max(s.units_back) AS units_back
        FROM (
            SELECT id, line_digest AS digest, is_shared FROM touched_purchase
            UNION ALL SELECT id, anywhere, false FROM touched_purchase WHERE peers = 1
            UNION ALL SELECT id, in_shop, false FROM touched_purchase WHERE near = 1
        ) named
        JOIN purchasers_sighting s ON s.recall_id = %(recall)s AND s.line_digest = named.digest
        JOIN purchasers_orderfile f ON f.id = s.file_id
        WHERE NOT (named.is_shared AND f.kind = 'returns')
        GROUP BY named.id
    ) most
    WHERE p.id = most.id
    AND (p.units, p.units_back) IS DISTINCT FROM
        (most.units, least(most.units_back, most.units))
"""

# Of the file that says most units, since it is of all of them.
PRICES = """
    UPDATE purchasers_purchase p SET price = most.price, currency = most.currency
    FROM (
        SELECT DISTINCT ON (t.id) t.id, s.price, s.currency
        FROM touched_purchase t
        JOIN purchasers_sighting s ON s.recall_id = %(recall)s AND s.line_digest = t.line_digest
        JOIN purchasers_orderfile f ON f.id = s.file_id AND f.kind <> 'returns'
        ORDER BY t.id, s.units DESC, s.price IS NULL, s.currency = '', s.file_id
    ) most
    WHERE p.id = most.id
    AND (p.price, p.currency) IS DISTINCT FROM (most.price, most.currency)
"""

# A return that names its own shop's order is in no doubt, whoever else has that number.
BACK_IN_DOUBT = """
    SELECT coalesce(sum(s.units_back), 0) FROM purchasers_sighting s
    WHERE s.recall_id = %(recall)s
    AND s.line_digest IN (
        SELECT anywhere FROM touched_purchase WHERE peers > 1
        UNION SELECT in_shop FROM touched_purchase WHERE near > 1
    )
    AND NOT EXISTS (
        SELECT FROM touched_purchase t
        JOIN purchasers_sighting own ON own.file_id = s.file_id AND own.line_digest = t.line_digest
        WHERE s.line_digest IN (t.anywhere, t.in_shop) AND NOT t.is_shared
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
        AND f.kind <> 'returns' AND NOT f.id = ANY(%(files)s)
    )
"""

TOLD = """
    SELECT count(*), coalesce(sum(units) FILTER (WHERE strength = 'strong'), 0),
        coalesce(sum(units) FILTER (WHERE strength = 'weak'), 0),
        coalesce(sum(units_back), 0), count(DISTINCT purchaser)
    FROM grouped_order
"""
