"""What became of a purchase, as SQL; and what touches it.

Guarantees: the same outcomes as `outreach.reach.outcomes` says (a test holds them against each
other); whatever writes a row by which one changes marks the purchase in the same transaction, so
that it is looked at again before anybody reads a sum of it.
"""

from dataclasses import dataclass

FACTS = """
SELECT bought.id AS purchase_id, bought.recall_id, bought.channel, bought.strength, bought.country,
    (bought.units - bought.units_back)::int AS units_left,
    CASE WHEN told.sent THEN 'told' WHEN shop.told THEN 'by_shop'
        WHEN told.on_its_way THEN 'on_its_way' WHEN told.came_back THEN 'came_back'
        WHEN EXISTS (
            SELECT FROM purchasers_contactpoint own WHERE own.purchaser_id = bought.purchaser_id
        ) OR EXISTS (
            SELECT FROM purchasers_sighting seen
            JOIN purchasers_contactpoint theirs ON theirs.purchaser_id = seen.purchaser_id
            WHERE seen.recall_id = bought.recall_id AND seen.line_digest = bought.line_digest
        ) THEN 'not_told' ELSE 'no_contact' END AS outcome,
    coalesce(told.ways, '') AS told_by,
    coalesce(told.first_way, CASE WHEN shop.told THEN 'shop' END, '') AS first_way,
    CASE WHEN told.sent THEN greatest(told.step, coalesce(claimed.step, 0)) END AS step
FROM ({purchases}) touched
JOIN purchasers_purchase bought ON bought.id = touched.purchase_id
LEFT JOIN LATERAL (
    SELECT bool_or(notice.state = 'sent') AS sent,
        bool_or(notice.state IN ('waiting', 'printed')) AS on_its_way,
        bool_or(notice.state IN ('bounced', 'refused', 'given_up')) AS came_back,
        string_agg(DISTINCT notice.way, ' ') FILTER (WHERE notice.state = 'sent') AS ways,
        (array_agg(notice.way ORDER BY notice.sent_at, notice.id)
            FILTER (WHERE notice.state = 'sent'))[1] AS first_way,
        max(CASE WHEN notice.state <> 'sent' THEN 0 WHEN notice.opened_at IS NOT NULL THEN 2
            WHEN notice.delivered_at IS NOT NULL THEN 1 ELSE 0 END) AS step
    FROM outreach_namedpurchase named JOIN outreach_directnotice notice
        ON notice.id = named.notice_id
    WHERE named.purchase_id = bought.id
) told ON true
LEFT JOIN LATERAL (
    SELECT max(CASE WHEN claim.state = 'settled' THEN 7
        WHEN claim.state IN ('remedy_ordered', 'remedy_sent') THEN 6
        WHEN claim.state = 'approved' THEN 5 WHEN claim.state <> 'draft' THEN 4 ELSE 3 END) AS step
    FROM outreach_namedpurchase named
    JOIN outreach_noticefiling begun ON begun.notice_id = named.notice_id
    LEFT JOIN claims_claim claim ON claim.filing_id = begun.filing_id
    WHERE named.purchase_id = bought.id
) claimed ON told.sent
LEFT JOIN LATERAL (
    SELECT EXISTS (
        SELECT FROM outreach_toldorder word
        WHERE word.purchase_id = bought.id AND word.outcome = 'told'
    ) AS told
) shop ON true
WHERE bought.unmatched_at IS NULL AND bought.units > bought.units_back
"""
"""`{purchases}`: which, as `purchase_id`, each once."""
COLUMNS = (
    *("purchase_id", "recall_id", "channel", "strength", "country", "units_left", "outcome"),
    *("told_by", "first_way", "step"),
)


@dataclass(frozen=True)
class Touch:
    """A table whose rows touch purchases. `select`: which, of `{rows}`. `changing`: by the change
    of which columns; none where rows are never changed."""

    name: str
    table: str
    select: str
    changing: tuple[str, ...] = ()
    is_deleted: bool = False


_OF_NOTICES = (
    "SELECT named.purchase_id FROM {rows} r"
    " JOIN outreach_namedpurchase named ON named.notice_id = r.%s"
)
TOUCHES: tuple[Touch, ...] = (
    Touch(
        "bought",
        "purchasers_purchase",
        "SELECT r.id AS purchase_id FROM {rows} r",
        (
            *("channel", "strength", "country", "units", "units_back", "unmatched_at"),
            *("purchaser_id", "line_digest"),
        ),
    ),
    Touch("named", "outreach_namedpurchase", "SELECT r.purchase_id FROM {rows} r"),
    Touch(
        "noticed",
        "outreach_directnotice",
        _OF_NOTICES % "id",
        ("state", "sent_at", "delivered_at", "opened_at"),
    ),
    Touch(
        "begun",
        "outreach_noticefiling",
        _OF_NOTICES % "notice_id",
        ("notice_id", "filing_id"),
        is_deleted=True,
    ),
    Touch(
        "claimed",
        "claims_claim",
        "SELECT named.purchase_id FROM {rows} r"
        " JOIN outreach_noticefiling begun ON begun.filing_id = r.filing_id"
        " JOIN outreach_namedpurchase named ON named.notice_id = begun.notice_id",
        ("state",),
        is_deleted=True,
    ),
    Touch(
        "shops_word",
        "outreach_toldorder",
        "SELECT r.purchase_id FROM {rows} r",
        ("outcome", "purchase_id"),
        is_deleted=True,
    ),
    Touch(
        "contact",
        "purchasers_contactpoint",
        "SELECT bought.id FROM {rows} r"
        " JOIN purchasers_purchase bought ON bought.purchaser_id = r.purchaser_id"
        " UNION SELECT bought.id FROM {rows} r"
        " JOIN purchasers_sighting seen ON seen.purchaser_id = r.purchaser_id"
        " JOIN purchasers_purchase bought ON bought.recall_id = seen.recall_id"
        " AND bought.line_digest = seen.line_digest",
        ("purchaser_id",),
        is_deleted=True,
    ),
    Touch(
        "seen",
        "purchasers_sighting",
        "SELECT bought.id FROM {rows} r"
        " JOIN purchasers_purchase bought ON bought.recall_id = r.recall_id"
        " AND bought.line_digest = r.line_digest WHERE r.purchaser_id IS NOT NULL",
        ("purchaser_id", "line_digest"),
        is_deleted=True,
    ),
)
"""Everything by which an outcome or a step changes."""
