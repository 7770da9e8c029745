"""The part of the statement of rest that reads what shops corrected.

Guarantees: of an order only what the same shop reports of it counts, or a unit by its serial; what
was taken back counts no more. `rules.Corrected` says what it comes to.
"""

REPORT = """
    SELECT r.units, r.unit_digest, r.order_digest, lower(r.reported_by) AS shop
    FROM remedies_reportedcorrection r
    WHERE r.recall_id = %(recall)s AND r.level = 'consumer' AND r.takes_back_id IS NULL
      AND NOT EXISTS (SELECT FROM remedies_reportedcorrection b WHERE b.takes_back_id = r.id)
"""
_REPORTED_OF = """
    SELECT t.digest FROM {whose} t JOIN purchasers_purchase p USING (id)
    JOIN report r ON r.unit_digest = p.unit_digest AND r.unit_digest <> ''::bytea
    WHERE p.unit_digest <> ''::bytea
    UNION
    SELECT t.digest FROM {whose} t JOIN purchasers_purchase p USING (id)
    JOIN shop_of s ON s.file = p.file_id
    JOIN report r ON r.order_digest = p.order_digest AND r.shop = s.shop
                 AND r.order_digest <> ''::bytea
    WHERE p.order_digest <> ''::bytea
"""
TOUCHED = """
shop_of AS MATERIALIZED (
    SELECT * FROM unnest(%(files)s::bigint[], %(shops)s::text[]) AS shop_of (file, shop)
), report AS NOT MATERIALIZED ({report}
), touched AS MATERIALIZED ({reported_of_theirs})""".replace("{report}", REPORT).replace(
    "{reported_of_theirs}", _REPORTED_OF.replace("{whose}", "theirs")
)
"""Contacts under which something was bought of which a shop reports. An order of which no number is
known is a purchase by itself (`alone`)."""
CORRECTED = """
reported_of AS MATERIALIZED ({reported_of_ours}), kept AS MATERIALIZED (
    SELECT o.digest, o.units, p.order_digest, coalesce(s.shop, '') AS shop,
           CASE WHEN p.order_digest = ''::bytea THEN p.id ELSE 0 END AS alone
    FROM reported_of JOIN ours o USING (digest) JOIN purchasers_purchase p USING (id)
    LEFT JOIN shop_of s ON s.file = p.file_id
), its_order AS MATERIALIZED (
    SELECT digest, order_digest, shop, alone, sum(units) AS units
    FROM kept GROUP BY digest, order_digest, shop, alone
), any_order AS MATERIALIZED (
    SELECT DISTINCT order_digest, shop, alone FROM its_order
), stands_in AS MATERIALIZED (
    SELECT o.order_digest, o.shop, o.alone, p.units, p.unit_digest
    FROM any_order o JOIN purchasers_purchase p
      ON p.recall_id = %(recall)s AND p.order_digest = o.order_digest
    LEFT JOIN shop_of s ON s.file = p.file_id
    WHERE o.alone = 0 AND coalesce(s.shop, '') = o.shop
    UNION ALL
    SELECT o.order_digest, o.shop, o.alone, p.units, p.unit_digest
    FROM any_order o JOIN purchasers_purchase p ON p.id = o.alone
), of_the_shop AS MATERIALIZED (
    SELECT o.order_digest, o.shop, o.alone, r.units, r.unit_digest
    FROM any_order o JOIN report r ON r.order_digest = o.order_digest AND r.shop = o.shop
    WHERE o.alone = 0 AND r.order_digest <> ''::bytea
), named AS MATERIALIZED (
    SELECT i.order_digest, i.shop, i.alone, i.unit_digest
    FROM stands_in i JOIN report r ON r.unit_digest = i.unit_digest
    WHERE i.unit_digest <> ''::bytea AND r.unit_digest <> ''::bytea
    UNION
    SELECT order_digest, shop, alone, unit_digest FROM of_the_shop WHERE unit_digest <> ''::bytea
), claimed_unit AS MATERIALIZED (
    SELECT DISTINCT f.digest, c.unit_digest FROM filing f JOIN claims_claim c USING (filing_id)
    WHERE NOT c.state = ANY(%(for_nothing)s) AND c.unit_digest <> ''::bytea
), in_all AS (
    SELECT i.digest, i.units, b.bought, n.serials, n.unclaimed, coalesce(m.most, 0) AS most
    FROM its_order i
    JOIN (
        SELECT order_digest, shop, alone, sum(units) AS bought
        FROM stands_in GROUP BY order_digest, shop, alone
    ) b USING (order_digest, shop, alone)
    LEFT JOIN (
        SELECT order_digest, shop, alone, max(units) AS most
        FROM of_the_shop WHERE unit_digest = ''::bytea GROUP BY order_digest, shop, alone
    ) m USING (order_digest, shop, alone)
    CROSS JOIN LATERAL (
        SELECT count(*) AS serials, count(*) FILTER (WHERE c.digest IS NULL) AS unclaimed
        FROM named n LEFT JOIN claimed_unit c
          ON c.digest = i.digest AND c.unit_digest = n.unit_digest
        WHERE (n.order_digest, n.shop, n.alone) = (i.order_digest, i.shop, i.alone)
    ) n
), corrected AS (
    SELECT digest,
           sum(greatest(0, least(greatest(serials, most), bought) - (bought - units))) AS whole,
           sum(greatest(0, least(unclaimed, bought) - (bought - units))) AS apart
    FROM in_all GROUP BY digest
)""".replace("{reported_of_ours}", _REPORTED_OF.replace("{whose}", "ours"))
"""`reported_of`: contacts for which shops report of something that one of all who are meant bought:
also of what somebody else bought to whom a claim of theirs is tied, too."""
