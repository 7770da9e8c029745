"""The statements by which the notices of a wave are gathered, all of them over whole sets.

Guarantee: a purchaser whom some file names for a purchase is told of it by every contact of theirs;
what keeps a notice back is written beside it, so that whoever is not reached can be counted.
"""

TABLES = (
    *("told_purchase", "told_buyer", "told_contact", "told_notice", "told_fate", "told_unit"),
    "told_wish",
)

LAPSED = """
d.way IN ('letter', 'phone')
AND greatest(d.made_at, d.handed_out_at, d.not_before, d.tried_at) < %(lapsed_since)s
"""
"""Of a letter or call that waits, or was handed out: nobody finished it in all that time."""
IS_ON_ITS_WAY = f"(d.state IN ('waiting', 'printed') AND NOT ({LAPSED}))"
HOLDS = f"(d.state = 'sent' OR {IS_ON_ITS_WAY})"
"""A notice after which its contact is told nothing of the same again."""
PURCHASES = """
CREATE TEMP TABLE told_purchase ON COMMIT DROP AS
SELECT p.id, p.line_digest, p.purchaser_id, p.units - p.units_back AS units, p.channel, p.product,
       coalesce(nullif(p.country, ''), b.country, '') AS country
FROM purchasers_purchase p LEFT JOIN purchasers_purchaser b ON b.id = p.purchaser_id
WHERE p.recall_id = %(recall)s AND p.unmatched_at IS NULL AND p.units > p.units_back
  AND p.strength = %(strength)s
  AND (%(channels)s::text[] IS NULL OR p.channel = ANY(%(channels)s::text[]))
  AND (%(products)s::text[] IS NULL OR p.product = ANY(%(products)s::text[]))
  AND (%(countries)s::text[] IS NULL
       OR coalesce(nullif(p.country, ''), b.country, '') = ANY(%(countries)s::text[]))
  AND (%(ordered_from)s::date IS NULL OR p.ordered_on >= %(ordered_from)s::date)
  AND (%(ordered_until)s::date IS NULL OR p.ordered_on <= %(ordered_until)s::date)
"""

BUYERS = """
CREATE TEMP TABLE told_buyer ON COMMIT DROP AS
SELECT id AS purchase_id, purchaser_id, units, channel, country
FROM told_purchase WHERE purchaser_id IS NOT NULL
UNION
SELECT p.id, s.purchaser_id, p.units, p.channel, p.country
FROM told_purchase p JOIN purchasers_sighting s
  ON s.recall_id = %(recall)s AND s.line_digest = p.line_digest
WHERE s.purchaser_id IS NOT NULL
"""

CONTACTS = """
CREATE TEMP TABLE told_contact ON COMMIT DROP AS
SELECT c.id AS contact_id, c.purchaser_id, c.kind, c.digest, w.way
FROM purchasers_contactpoint c
JOIN unnest(%(kinds)s::text[], %(ways)s::text[]) AS w (kind, way) ON w.kind = c.kind
WHERE c.purchaser_id IN (SELECT purchaser_id FROM told_buyer) AND c.sealed_value <> ''::bytea
  AND NOT EXISTS (
      SELECT FROM keeping_waitingerasure e
      WHERE e.thing = 'purchaser' AND e.thing_id = c.purchaser_id AND e.done_at IS NULL
  )
"""
"""Of whoever was erased nobody knows any more where they are reached; nor is anybody written to who
only a legal hold keeps from being erased again."""

NOTICES = """
CREATE TEMP TABLE told_notice ON COMMIT DROP AS
WITH named AS (
    SELECT DISTINCT c.way, c.digest, b.purchase_id, b.units
    FROM told_contact c JOIN told_buyer b USING (purchaser_id)
), bought AS (
    SELECT way, digest, sum(units) AS units FROM named GROUP BY way, digest
), first AS (
    SELECT DISTINCT ON (way, digest) way, digest, kind, contact_id, purchaser_id
    FROM told_contact ORDER BY way, digest, purchaser_id, contact_id
)
SELECT f.way, f.digest, f.kind, f.contact_id, f.purchaser_id, b.units::integer AS units,
       p.language AS said_language,
       coalesce(nullif(p.country, ''),
                (SELECT max(country) FROM told_buyer t WHERE t.purchaser_id = f.purchaser_id), '')
           AS country,
       ''::text AS language, ''::text AS kept_back, NULL::bigint AS wish_id,
       NULL::bigint AS passed_on_id
FROM first f JOIN bought b USING (way, digest)
JOIN purchasers_purchaser p ON p.id = f.purchaser_id
"""

SUPPRESSED = """
UPDATE told_notice n SET kept_back = 'suppressed'
FROM outreach_suppressed s
WHERE s.contact_digest = n.digest AND s.way = n.way AND s.lifted_at IS NULL
  AND (s.recall_id IS NULL OR s.recall_id = %(recall)s)
"""

TOLD = """
UPDATE told_notice n SET kept_back = 'told'
WHERE n.kept_back = '' AND n.wish_id IS NULL AND NOT EXISTS (
    SELECT FROM told_contact c JOIN told_buyer b USING (purchaser_id)
    WHERE c.way = n.way AND c.digest = n.digest AND NOT EXISTS (
        SELECT FROM outreach_directnotice d JOIN outreach_namedpurchase p ON p.notice_id = d.id
        WHERE d.recall_id = %(recall)s AND d.contact_digest = n.digest AND d.way = n.way
          AND {holds} AND p.purchase_id = b.purchase_id
    )
)
""".replace("{holds}", HOLDS)

NOT_DUE = """
UPDATE told_notice n SET kept_back = 'not_due'
WHERE n.kept_back = '' AND (
    NOT EXISTS (
        SELECT FROM outreach_directnotice d
        WHERE d.recall_id = %(recall)s AND d.contact_digest = n.digest
          AND d.state = 'sent' AND d.sent_at <= %(silent_since)s
    ) OR EXISTS (
        SELECT FROM outreach_directnotice d
        WHERE d.recall_id = %(recall)s AND d.contact_digest = n.digest
          AND ({is_on_its_way} OR d.state = 'sent' AND d.sent_at > %(silent_since)s)
    )
)
""".replace("{is_on_its_way}", IS_ON_ITS_WAY)

FATES = """
CREATE TEMP TABLE told_fate ON COMMIT DROP AS
WITH each AS (
    SELECT b.purchaser_id, bool_or(n.kept_back = '') AS is_reached,
           bool_or(n.kept_back = 'not_due') AS not_due, bool_or(n.kept_back = 'told') AS told,
           bool_or(n.kept_back = 'at_rest') AS at_rest,
           bool_or(n.kept_back = 'suppressed') AS suppressed
    FROM (SELECT DISTINCT purchaser_id FROM told_buyer) b
    LEFT JOIN told_contact t USING (purchaser_id)
    LEFT JOIN told_notice n USING (digest, way)
    GROUP BY b.purchaser_id
)
SELECT purchaser_id, CASE
    WHEN is_reached THEN ''
    WHEN told THEN 'told'
    WHEN at_rest THEN 'at_rest'
    WHEN not_due THEN 'not_due'
    WHEN suppressed THEN 'suppressed'
    WHEN EXISTS (SELECT FROM purchasers_contactpoint c WHERE c.purchaser_id = each.purchaser_id)
    THEN 'no_way' ELSE 'no_contact' END AS why
FROM each
"""

UNITS = """
CREATE TEMP TABLE told_unit ON COMMIT DROP AS
SELECT p.id AS purchase_id, p.channel, p.units, coalesce(min(f.why), 'no_buyer') AS why
FROM told_purchase p LEFT JOIN told_buyer b ON b.purchase_id = p.id
LEFT JOIN told_fate f ON f.purchaser_id = b.purchaser_id
GROUP BY p.id, p.channel, p.units
"""

LANGUAGES = """
UPDATE told_notice n SET language = l.language
FROM unnest(%(said)s::text[], %(of)s::text[], %(language)s::text[]) AS l (said, country, language)
WHERE l.said = n.said_language AND l.country = n.country
"""

WISHES = """
CREATE TEMP TABLE told_wish (
    wish_id bigint, way text, kind text, digest bytea, language text
) ON COMMIT DROP
"""
COPY_WISHES = "COPY told_wish (wish_id, way, kind, digest, language) FROM STDIN"
NOTICES_TO_WISHES = """
INSERT INTO told_notice (way, digest, kind, units, said_language, country, language, kept_back,
                         wish_id)
SELECT DISTINCT ON (w.way, w.digest) w.way, w.digest, w.kind, 0, w.language, '', '', '', w.wish_id
FROM told_wish w
WHERE NOT EXISTS (SELECT FROM told_notice n WHERE n.way = w.way AND n.digest = w.digest)
ORDER BY w.way, w.digest, w.wish_id
"""
WISHES_OF_THE_TOLD = """
UPDATE told_notice n SET
    kept_back = '', wish_id = w.wish_id, said_language = w.language,
    contact_id = NULL, purchaser_id = NULL
FROM (SELECT DISTINCT ON (way, digest) * FROM told_wish ORDER BY way, digest, wish_id) w
WHERE n.kept_back = 'told' AND w.way = n.way AND w.digest = n.digest AND NOT EXISTS (
    SELECT FROM outreach_directnotice d JOIN outreach_wave v ON v.id = d.wave_id
    WHERE d.recall_id = %(recall)s AND d.contact_digest = n.digest AND d.way = n.way
      AND v.kind = 'grown' AND v.version_id = %(version)s
      AND {holds}
)
""".replace("{holds}", HOLDS)
"""Whoever was told of what they bought, and asked to hear if the recall grows, hears of that."""
WISHES_TOLD = """
UPDATE told_notice n SET kept_back = 'told'
WHERE n.wish_id IS NOT NULL AND n.kept_back = '' AND EXISTS (
    SELECT FROM outreach_directnotice d JOIN outreach_wave w ON w.id = d.wave_id
    WHERE d.recall_id = %(recall)s AND d.contact_digest = n.digest AND d.way = n.way
      AND d.wish_id IS NOT NULL AND w.version_id = %(version)s
      AND {holds}
)
""".replace("{holds}", HOLDS)

PERHAPS_TOLD = """
SELECT count(*) FROM told_notice n WHERE n.kept_back = '' AND EXISTS (
    SELECT FROM outreach_directnotice d
    WHERE d.recall_id = %(recall)s AND d.contact_digest = n.digest
      AND d.handed_out_at IS NOT NULL
      AND (d.withheld IN ('stopped', 'lapsed') OR d.state IN ('waiting', 'printed') AND {lapsed})
)
""".replace("{lapsed}", LAPSED)
"""Notices to contacts of which a letter or call was handed out that nobody finished."""
UNUSED = """
SELECT c.kind, count(DISTINCT c.digest) FROM purchasers_contactpoint c
WHERE c.purchaser_id IN (SELECT purchaser_id FROM told_buyer) AND c.sealed_value <> ''::bytea
  AND NOT c.kind = ANY(%(kinds)s) AND NOT EXISTS (
      SELECT FROM outreach_directnotice d
      WHERE d.recall_id = %(recall)s AND d.contact_digest = c.digest AND {holds}
  )
GROUP BY c.kind
""".replace("{holds}", HOLDS)
"""Contacts of those who are meant that no way of the wave reaches, and that were told nothing."""
TAKEN_OVER = """
WITH old AS (
    SELECT d.id, d.state FROM outreach_directnotice d JOIN outreach_directnotice n
      ON n.wave_id = %(wave)s AND n.way = d.way AND n.contact_digest = d.contact_digest
    WHERE d.recall_id = %(recall)s AND d.wave_id <> %(wave)s
      AND d.state IN ('waiting', 'printed') AND {lapsed}
      AND NOT EXISTS (
          SELECT FROM outreach_namedpurchase o
          JOIN purchasers_purchase p ON p.id = o.purchase_id
          WHERE o.notice_id = d.id AND p.unmatched_at IS NULL AND p.units > p.units_back
            AND NOT EXISTS (
                SELECT FROM outreach_namedpurchase m
                WHERE m.notice_id = n.id AND m.purchase_id = o.purchase_id
            )
      )
    ORDER BY d.id FOR UPDATE OF d
)
UPDATE outreach_directnotice t SET state = 'withheld', withheld = 'lapsed'
FROM old WHERE t.id = old.id RETURNING t.id, old.state
""".replace("{lapsed}", LAPSED)
"""What nobody finished, and a new wave says all of by the same way, is not done after all."""
