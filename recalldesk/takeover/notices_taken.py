"""Notices that another system gave become rows that waves, reach and reports know.

Guarantees: a notice comes in once; it is of the day on which it was given, so that reminders are
due by that; what it tells of is all that was bought under its contact until then; nobody is told
anything by it again.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from recalldesk.audit.actions import Move, record_moves
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.addresses import normal_address
from recalldesk.claims.errors import FieldsRefused
from recalldesk.foundation.normal_forms.addresses import address_form
from recalldesk.foundation.normal_forms.emails import email_form
from recalldesk.outreach.models import DirectNotice, Wave
from recalldesk.outreach.reading_back import NUMBER
from recalldesk.outreach.states import WAYS_TO, NoticeState, WaveKind, Way
from recalldesk.outreach.told_before import name_what_was_told, wave_of_before
from recalldesk.purchasers.digests import contact_digest, phone_form
from recalldesk.purchasers.models import ContactPoint
from recalldesk.purchasers.states import ContactKind
from recalldesk.sealing.fields_of_rows import digest, sealed_each
from recalldesk.takeover.headings import ADDRESS_COLUMNS, plain
from recalldesk.takeover.kept_files import Reading
from recalldesk.takeover.models import TakenNotice
from recalldesk.takeover.remedies_said import Terms
from recalldesk.takeover.said import NotSaid, moment_of

AT_ONCE = 1_000
LONGEST_CONTACT = 254
WAYS: Mapping[str, Way] = {way.value: way for way in Way} | {
    "e-mail": Way.EMAIL,
    "mail": Way.LETTER,
    "text": Way.SMS,
    "text message": Way.SMS,
    "call": Way.PHONE,
}
STATES: Mapping[str, NoticeState] = {
    "": NoticeState.SENT,
    "sent": NoticeState.SENT,
    "delivered": NoticeState.SENT,
    "bounced": NoticeState.BOUNCED,
    "refused": NoticeState.REFUSED,
}
DELIVERED = "delivered"


@dataclass(frozen=True, repr=False)
class NoticeSaid:
    """A notice. `to`: as it is sealed; `found_by`: the digest of the contact."""

    line: int
    kind: ContactKind
    found_by: bytes
    to: str
    way: Way
    at: datetime
    on: date
    state: NoticeState
    is_delivered: bool
    country: str
    language: str


class NoticesTaker:
    """Judges the lines of a file of notices, and keeps them some hundred at a time."""

    def __init__(self, reading: Reading, terms: Terms) -> None:
        self._reading, self._terms = reading, terms
        rows = TakenNotice.objects.filter(recall_id=reading.recall.pk)
        self._known = {bytes(row) for row in rows.values_list("row_digest", flat=True)}
        self._waiting: dict[bytes, NoticeSaid] = {}
        before = DirectNotice.objects.filter(recall_id=reading.recall.pk)
        told = before.filter(wave__kind=WaveKind.BEFORE).values_list("way", "contact_digest")
        self._turns = Counter((way, bytes(contact)) for way, contact in told)
        self._waves: dict[int, Wave] = {}

    looks_ahead = False

    def look(self, line: Mapping[str, str]) -> bool:
        """Nothing: each line is judged by itself."""
        return False

    def judge(self, line: Mapping[str, str]) -> bool | str:
        """What a line says."""
        try:
            said = notice_said(line, self._terms, int(line[NUMBER]))
        except NotSaid as error:
            return str(error)
        row = digest(
            TakenNotice,
            "row_digest",
            f"{said.way} {said.found_by.hex()} {said.on} {said.state}",
        )
        if row in self._known:
            return False
        self._known.add(row)
        self._waiting[row] = said
        if len(self._waiting) >= AT_ONCE:
            self._keep()
        return True

    def finish(self) -> None:
        """Keeps what waits still, and what all of them told of."""
        self._keep()
        name_what_was_told(self._reading.recall.pk)

    def _keep(self) -> None:
        said = list(self._waiting.values())
        if not said:
            return
        recall = self._reading.recall
        values = sealed_each(DirectNotice, "sealed_to", [(recall.pk, each.to) for each in said])
        points = _points(recall.pk, said)
        notices = DirectNotice.objects.bulk_create(
            self._notice(each, value, points.get(each.found_by))
            for each, value in zip(said, values, strict=True)
        )
        TakenNotice.objects.bulk_create(
            TakenNotice(
                file_id=self._reading.number,
                recall_id=recall.pk,
                line=each.line,
                notice=notice,
                row_digest=row,
            )
            for notice, (row, each) in zip(notices, self._waiting.items(), strict=True)
        )
        self._log(notices)
        self._waiting = {}

    def _notice(self, said: NoticeSaid, to: bytes, point: ContactPoint | None) -> DirectNotice:
        is_told = said.state is NoticeState.SENT
        return DirectNotice(
            wave=self._wave_of(said),
            recall_id=self._reading.recall.pk,
            contact=point,
            purchaser_id=point.purchaser_id if point else None,
            kind=said.kind,
            contact_digest=said.found_by,
            sealed_to=to,
            way=said.way,
            language=said.language,
            country=said.country,
            state=said.state,
            made_at=said.at,
            sent_at=said.at if is_told else None,
            delivered_at=said.at if said.is_delivered else None,
            ended_at=None if is_told else said.at,
        )

    def _wave_of(self, said: NoticeSaid) -> Wave:
        """How often its contact was told before says which."""
        told = (said.way.value, said.found_by)
        self._turns[told] += 1
        turn = self._turns[told]
        if turn not in self._waves:
            self._waves[turn] = wave_of_before(
                self._reading.recall,
                system=self._reading.mapping.system,
                turn=turn,
                by=self._reading.by,
            )
        return self._waves[turn]

    def _log(self, notices: Sequence[DirectNotice]) -> None:
        record_moves(
            [Move(each.recall_id, each.pk, "", each.state) for each in notices],
            subject=Subject.NOTICE,
            actor=Actor.STAFF,
            actor_id=self._reading.by.pk,
            reason=Reason.TAKEN_OVER,
        )


def _points(recall_id: int, said: Sequence[NoticeSaid]) -> dict[bytes, ContactPoint]:
    """The contact points of purchasers that are known by now, one of each contact."""
    rows = ContactPoint.objects.filter(
        recall_id=recall_id, digest__in=[each.found_by for each in said]
    )
    return {bytes(each.digest): each for each in rows.order_by("-pk")}


def notice_said(line: Mapping[str, str], terms: Terms, number: int) -> NoticeSaid:
    """What a line says. Raises NotSaid."""
    way = WAYS.get(plain(terms.part.meant("ways", terms.cell(line, "way"))))
    if way is None:
        raise NotSaid("says no way that is known: email, sms, letter or phone")
    word = plain(terms.part.meant("states", terms.cell(line, "state")))
    if word not in STATES:
        raise NotSaid("says a state of the notice that the mapping does not know")
    on = terms.day(line, "told_on", "a day of the notice")
    if on is None:
        raise NotSaid("does not say on which day it was given")
    kind, to, form = _contact(line, way, terms)
    code = terms.part.meant("countries", terms.cell(line, "country")).upper()
    said = terms.part.meant("languages", terms.cell(line, "language")).casefold()
    languages = terms.document.languages
    return NoticeSaid(
        line=number,
        kind=kind,
        found_by=contact_digest(kind, form),
        to=to,
        way=way,
        at=moment_of(on, terms.now),
        on=on,
        state=STATES[word],
        is_delivered=word == DELIVERED,
        country=code if len(code) == 2 else "",
        language=next((each for each in languages if each.casefold() == said), languages[0]),
    )


def _contact(line: Mapping[str, str], way: Way, terms: Terms) -> tuple[ContactKind, str, str]:
    """Its kind, what is sealed, and the form by which it is found."""
    if way is Way.LETTER:
        return _address(line, terms)
    text = line.get("contact", "")
    kind = ContactKind.EMAIL if way is Way.EMAIL else ContactKind.PHONE
    form = email_form(text) if way is Way.EMAIL else phone_form(text)
    if not form or len(text) > LONGEST_CONTACT or way not in WAYS_TO[kind]:
        raise NotSaid("names no contact that can be told in its way")
    return kind, text, form


def _address(line: Mapping[str, str], terms: Terms) -> tuple[ContactKind, str, str]:
    country = terms.part.meant("countries", terms.cell(line, "country")).upper()
    country = country or terms.document.countries[0]
    given = {name: line.get(name, "") for name in ADDRESS_COLUMNS}
    try:
        address = normal_address(country, given)
    except (FieldsRefused, ValueError):
        raise NotSaid("names no whole postal address") from None
    form = address_form(address).flat
    if not form:
        raise NotSaid("names no whole postal address")
    return ContactKind.ADDRESS, json.dumps(address, ensure_ascii=False), form
