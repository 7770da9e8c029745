"""Under which country and way a correction counts, as SQL.

Guarantees: asked once, in the statement that writes the correction; what takes a unit back counts
under the same as what it takes back.
"""

OF_REPORTS = "report"
"""The way of what others reported where nobody here knows whose unit it was."""
BY_SHOP = "shop"
PLACES = f"""
INSERT INTO reports_correctionplace (correction_id, country, way)
SELECT c.id,
    coalesce(before.country, owner.country, sold.country, ''),
    coalesce(before.way, told.way, CASE WHEN shop.told THEN '{BY_SHOP}' END,
        CASE WHEN c.report_id IS NOT NULL AND sold.person_id IS NULL THEN '{OF_REPORTS}' END, '')
FROM {{rows}} c
LEFT JOIN LATERAL (
    SELECT place.country, place.way FROM remedies_correction counted
    JOIN reports_correctionplace place ON place.correction_id = counted.id
    WHERE c.units < 0 AND c.turn > 1 AND counted.turn = c.turn - 1
        AND counted.unit_digest = c.unit_digest
) before ON true
LEFT JOIN LATERAL (
    SELECT filing.id, filing.country FROM remedies_remedy ours
    JOIN remedies_remedy any_of ON any_of.entitlement_id = ours.entitlement_id
    JOIN claims_claim claim ON claim.remedy_id = any_of.id
    JOIN claims_filing filing ON filing.id = claim.filing_id
    WHERE ours.id = c.remedy_id AND before.way IS NULL ORDER BY claim.id LIMIT 1
) owner ON true
LEFT JOIN LATERAL (
    SELECT bought.country, buyer.person_id FROM purchasers_purchase bought
    LEFT JOIN purchasers_purchaser buyer ON buyer.id = bought.purchaser_id
    WHERE bought.unit_digest <> ''::bytea AND bought.unit_digest = c.unit_digest
        AND bought.recall_id = c.recall_id ORDER BY bought.id LIMIT 1
) sold ON true
LEFT JOIN LATERAL (
    SELECT array_agg(DISTINCT every.id) AS purchasers FROM (
        SELECT known.person_id FROM outreach_noticefiling begun
        JOIN outreach_directnotice notice ON notice.id = begun.notice_id
        JOIN purchasers_purchaser known ON known.id = notice.purchaser_id
        WHERE begun.filing_id = owner.id
        UNION
        SELECT known.person_id FROM purchasers_join tie
        JOIN purchasers_purchaser known ON known.id = tie.first_id
        WHERE tie.filing_id = owner.id
        UNION
        SELECT sold.person_id WHERE sold.person_id IS NOT NULL
    ) who JOIN purchasers_purchaser every ON every.person_id = who.person_id
) known ON true
LEFT JOIN LATERAL (
    SELECT notice.way FROM (
        SELECT sent.way, sent.sent_at, sent.id FROM outreach_noticefiling begun
        JOIN outreach_directnotice sent ON sent.id = begun.notice_id
        WHERE begun.filing_id = owner.id AND sent.state = 'sent'
        UNION
        SELECT sent.way, sent.sent_at, sent.id FROM outreach_directnotice sent
        WHERE sent.purchaser_id = ANY (known.purchasers) AND sent.recall_id = c.recall_id
            AND sent.state = 'sent'
    ) notice ORDER BY notice.sent_at, notice.id LIMIT 1
) told ON true
LEFT JOIN LATERAL (
    SELECT EXISTS (
        SELECT FROM purchasers_purchase bought
        JOIN outreach_toldorder word ON word.purchase_id = bought.id
        WHERE bought.purchaser_id = ANY (known.purchasers) AND bought.recall_id = c.recall_id
            AND word.outcome = 'told'
    ) AS told
) shop ON told.way IS NULL
"""  # noqa: S608 - words of this package alone
