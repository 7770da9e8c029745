"""Makes the notices of a wave, from the rows as they are then.

Guarantees: all in one transaction, once, however often it is asked for; each contact gets one
notice in each way, whoever shares it, and it names every purchase of theirs that the wave means;
what is sealed is never in the clear in the database, not in a temporary table either.
"""

import hashlib
import json
import secrets
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection, transaction

from recalldesk.audit.actions import Move, record_moves
from recalldesk.audit.states import Actor, Subject
from recalldesk.foundation import clock
from recalldesk.foundation.normal_forms.emails import email_form
from recalldesk.outreach.actions import CONTACT_PURPOSE
from recalldesk.outreach.audience.gathering import gather, lapsed_since
from recalldesk.outreach.audience.statements import TAKEN_OVER
from recalldesk.outreach.links import TOKEN_BYTES
from recalldesk.outreach.models import Wave
from recalldesk.outreach.states import NoticeState
from recalldesk.purchasers.states import ContactKind
from recalldesk.recalls.reads import document_of
from recalldesk.sealing import vault
from recalldesk.sealing.keys import KeyRing

A_BATCH = 5_000
MOST_NAMES = 4
"""Above the address of a letter, where a window shows them: it names the others in its words."""
TO, TOKEN = "outreach.DirectNotice.sealed_to", "outreach.DirectNotice.sealed_token"
VALUE, NAME = "purchasers.ContactPoint.sealed_value", "purchasers.Purchaser.sealed_name"
DOMAIN = "outreach.DirectNotice.domain_digest"
COLUMNS = (
    *("wave_id", "recall_id", "contact_id", "purchaser_id", "wish_id", "passed_on_by_id", "kind"),
    "contact_digest",
    *("sealed_to", "way", "language", "country", "units", "state", "withheld", "last_error"),
    *("random_id", "sealed_token", "link_digest", "domain_digest", "provider_id", "made_at"),
    *("attempts", "repeats"),
)
COPY = f"COPY outreach_directnotice ({', '.join(COLUMNS)}) FROM STDIN"
READ = """
SELECT n.contact_id, n.purchaser_id, n.wish_id, o.passed_on_by_id, n.kind, n.digest, n.way,
       n.language, n.country, n.units, coalesce(c.sealed_value, w.sealed_contact, o.sealed_to),
       CASE WHEN n.way = 'letter' THEN (
           SELECT array_agg(named.sealed_name ORDER BY named.id) FROM (
               SELECT DISTINCT ON (p.name_digest) p.id, p.sealed_name
               FROM told_contact t JOIN purchasers_purchaser p ON p.id = t.purchaser_id
               WHERE t.digest = n.digest AND t.way = n.way AND p.sealed_name <> ''
               ORDER BY p.name_digest, p.id
           ) named
       ) END
FROM told_notice n LEFT JOIN purchasers_contactpoint c ON c.id = n.contact_id
LEFT JOIN outreach_growthwatch w ON w.id = n.wish_id
LEFT JOIN outreach_directnotice o ON o.id = n.passed_on_id
WHERE n.kept_back = ''
ORDER BY n.way, n.digest
"""
NAMED = """
INSERT INTO outreach_namedpurchase (notice_id, purchase_id)
SELECT DISTINCT d.id, b.purchase_id
FROM outreach_directnotice d
JOIN told_contact c ON c.digest = d.contact_digest AND c.way = d.way
JOIN told_buyer b ON b.purchaser_id = c.purchaser_id
WHERE d.wave_id = %(wave)s
ORDER BY 1, 2
"""


@transaction.atomic
def prepare_wave(wave_id: int) -> int:
    """Makes its notices, if they were not made yet; how many it has."""
    rows = Wave.objects.select_for_update(of=("self",)).select_related("recall", "version")
    wave = rows.get(pk=wave_id)
    if wave.prepared_at is not None:
        return wave.notices.count()
    assert wave.version is not None  # a wave speaks of a version from its draft on
    gather(wave, document_of(wave.version).languages)
    return keep_gathered(wave)


def keep_gathered(wave: Wave) -> int:
    """Makes notices of what was gathered in this transaction; how many."""
    maker = _Notices(wave)
    with connection.cursor() as cursor:
        cursor.execute(READ)
        while batch := cursor.fetchmany(A_BATCH):
            with connection.cursor() as writing, writing.copy(COPY) as copy:
                for row in maker.rows(batch):
                    copy.write_row(row)
        cursor.execute(NAMED, {"wave": wave.pk})
        asked: dict[str, Any] = {
            "wave": wave.pk,
            "recall": wave.recall_id,
            "lapsed_since": lapsed_since(),
        }
        cursor.execute(TAKEN_OVER, asked)
        over = sorted(cursor.fetchall())
    record_moves(
        [Move(wave.recall_id, number, was, NoticeState.WITHHELD) for number, was in over],
        subject=Subject.NOTICE,
        actor=Actor.MACHINE,
    )
    wave.prepared_at = clock.now()
    wave.save(update_fields=["prepared_at"])
    return maker.count


class _Notices:
    """Makes the rows of a wave's notices."""

    def __init__(self, wave: Wave) -> None:
        self._wave, self._now, self.count = wave, clock.now(), 0
        self._ring: KeyRing = vault.data_ring(vault.recall_scope(wave.recall_id))
        self._domains: dict[str, bytes] = {}

    def rows(self, batch: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """As `COPY` takes them."""
        for contact, purchaser, wish, owner, word, digest, way, *rest, value, names in batch:
            kind = ContactKind(word)
            purpose = CONTACT_PURPOSE if wish else TO if owner else VALUE
            to = self._ring.open(bytes(value), purpose=purpose).decode()
            if kind is ContactKind.ADDRESS:
                to = self._addressed(to, names or ())
            token = secrets.token_urlsafe(TOKEN_BYTES)
            self.count += 1
            yield (
                *(self._wave.pk, self._wave.recall_id, contact, purchaser, wish, owner, kind),
                *(bytes(digest), self._ring.seal(to.encode(), purpose=TO), way, *rest),
                *(NoticeState.WAITING, "", "", uuid.uuid4()),
                self._ring.seal(token.encode(), purpose=TOKEN),
                hashlib.sha256(token.encode()).digest(),
                *(self._domain(kind, to), "", self._now, 0, 0),
            )

    def _addressed(self, address: str, sealed_names: Sequence[bytes]) -> str:
        names = [self._ring.open(bytes(each), purpose=NAME).decode() for each in sealed_names]
        above = {"name": ", ".join(names[:MOST_NAMES])}
        if len(names) > MOST_NAMES:
            above["also"] = ", ".join(names[MOST_NAMES:])
        return json.dumps({**json.loads(address), **above}, sort_keys=True)

    def _domain(self, kind: ContactKind, to: str) -> bytes:
        if kind not in (ContactKind.EMAIL, ContactKind.ALIAS):
            return b""
        domain = email_form(to).rpartition("@")[2]
        if domain not in self._domains:
            self._domains[domain] = vault.digest_for_lookup(domain, purpose=DOMAIN)
        return self._domains[domain]
