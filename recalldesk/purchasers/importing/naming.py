"""The SQL by which a purchase without a buyer gets one from another file, by its order's number.

Guarantees: only between files of one shop, and only where all lines of the order in a file name one
buyer; a line that contradicts the purchase names nobody: of another product by a number that means
the same everywhere, of another number of the seller where both files say one, or of more units.
"""

LINKED = """
    CREATE TEMPORARY TABLE linked_order ON COMMIT DROP AS
    WITH shop_of AS (
        SELECT * FROM unnest(%(shop_files)s::bigint[], %(shops)s::text[]) AS of (file, shop)
    ), one_buyer AS (
        SELECT file, order_digest FROM staged_named_order
        GROUP BY file, order_digest HAVING count(DISTINCT buyer) = 1
    ), named AS (
        SELECT s.*, p.id AS purchase, p.line_digest,
            EXISTS (
                SELECT FROM purchasers_sighting g
                WHERE g.recall_id = p.recall_id AND g.line_digest = p.line_digest
                AND g.named_by = 'product' AND g.sku_digest <> ''::bytea
            ) AS has_sku,
            EXISTS (
                SELECT FROM purchasers_sighting g
                WHERE g.recall_id = p.recall_id AND g.line_digest = p.line_digest
                AND g.named_by = 'product' AND g.sku_digest = s.sku_digest
                AND g.sku_digest <> ''::bytea
            ) AS is_same_sku
        FROM staged_named_order s
        JOIN one_buyer USING (file, order_digest)
        JOIN shop_of its ON its.file = s.file
        JOIN purchasers_purchase p ON p.recall_id = %(recall)s
            AND p.order_digest = s.order_digest
            AND (p.purchaser_id IS NULL OR p.is_buyer_by_order)
        JOIN shop_of other ON other.file = p.file_id AND other.shop = its.shop
        WHERE NOT s.is_other AND s.units <= p.units
    )
    SELECT DISTINCT ON (purchase, file) purchase, line_digest, file, line, buyer,
        CASE WHEN is_same_sku THEN 'sku' ELSE 'order' END AS named_by
    FROM named
    WHERE is_same_sku OR NOT has_sku OR sku_digest = ''::bytea
    ORDER BY purchase, file, is_same_sku DESC, line
"""

# Who bought something else of an order without a nameless purchase is none of a recall's business.
FORGET_OTHERS = """
    DELETE FROM staged_buyer b
    WHERE NOT EXISTS (SELECT FROM staged_order_line s WHERE s.buyer = b.digest)
    AND NOT EXISTS (SELECT FROM linked_order l WHERE l.buyer = b.digest)
"""

SIGHTINGS_BY_ORDER = """
    INSERT INTO purchasers_sighting
        (recall_id, file_id, line, line_digest, units, units_back, currency, strength, reasons,
        sku_digest, named_by, purchaser_id)
    SELECT %(recall)s, l.file, l.line, l.line_digest, 0, 0, '', '', '[]', '', l.named_by, b.id
    FROM linked_order l
    JOIN purchasers_purchaser b ON b.recall_id = %(recall)s AND b.digest = l.buyer
    ON CONFLICT (file_id, line_digest) DO UPDATE
    SET line = EXCLUDED.line, named_by = EXCLUDED.named_by, purchaser_id = EXCLUDED.purchaser_id
    WHERE purchasers_sighting.named_by <> 'product'
    AND (purchasers_sighting.line, purchasers_sighting.named_by, purchasers_sighting.purchaser_id)
        IS DISTINCT FROM (EXCLUDED.line, EXCLUDED.named_by, EXCLUDED.purchaser_id)
"""
