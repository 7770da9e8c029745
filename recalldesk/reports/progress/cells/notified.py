"""Section III: consumers who were notified directly, by phone, e-mail and mail.

The rows are those of the log: a notice counts when it was written down as sent, and with minus when
it came back or was refused. Text messages have no cell in the form and stand apart.
"""

from collections.abc import Mapping, Sequence

from recalldesk.audit.models import StateChange
from recalldesk.outreach.models import DirectNotice
from recalldesk.outreach.states import NoticeState, WaveKind, Way
from recalldesk.reports.progress.figures import Figure, Ledger, Section, Told

NAME = "notices"
SAYS = (
    "Direct notices that were sent to consumers, each to one contact: a mail or text message once "
    "the next server took it, a letter once its print file was posted, a call once somebody was "
    "told or a message was left; a new owner whom no machine could write to once somebody told "
    "them and said so, by whatever way that was. A notice is of the day, of UTC, on which that "
    "was written here; one that came back or was refused afterwards is taken off on the day on "
    "which that was learned. Reminders count, too: how many they were stands beside."
)
TITLES = {
    Way.PHONE: "By phone",
    Way.EMAIL: "By e-mail",
    Way.LETTER: "By mail",
    Way.SMS: "Consumers notified by text message",
}


def _figure(way: str, title: str, *, is_beside: bool) -> Figure:
    parts = frozenset(f"{way}-{kind.value}" for kind in WaveKind)
    return Figure(f"notified-{way}", Section.NOTIFIED, title, SAYS, NAME, parts, is_beside)


BY_WAY: Mapping[Way, Figure] = {
    way: _figure(way.value, title, is_beside=way is Way.SMS) for way, title in TITLES.items()
}
IN_PERSON = _figure("person", "Consumers told in person", is_beside=True)
REMINDERS = Figure(
    "notified-reminders",
    Section.NOTIFIED,
    "Reminders among all notices",
    "Those of the notices, in whatever way, that went to somebody who was told before and had not "
    "answered.",
    NAME,
    frozenset(f"{way}-{WaveKind.REMINDER.value}" for way in (*Way.values, "person")),
    is_beside=True,
)
BEFORE = Figure(
    "notified-before",
    Section.NOTIFIED,
    "Notices before the takeover among all notices",
    "Those of the notices, in whatever way, that the system gave by which the recall was run "
    "before. They count on the day on which they were taken over, so that no report that was filed "
    "changes; the day on which each was given stands with its row.",
    NAME,
    frozenset(f"{way}-{WaveKind.BEFORE.value}" for way in (*Way.values, "person")),
    is_beside=True,
)
FIGURES: tuple[Figure, ...] = (*BY_WAY.values(), IN_PERSON, REMINDERS, BEFORE)


def _told(numbers: Sequence[int]) -> Mapping[int, Told]:
    moves = dict(StateChange.objects.filter(pk__in=numbers).values_list("pk", "subject_id"))
    became = dict(StateChange.objects.filter(pk__in=numbers).values_list("pk", "to_state"))
    rows = DirectNotice.objects.select_related("wave").only(
        "way", "country", "language", "sent_at", "wave__number", "wave__kind"
    )
    notices = rows.in_bulk(list(set(moves.values())))
    return {
        number: _row(notices[notice], NoticeState(became[number]))
        for number, notice in moves.items()
    }


def _row(notice: DirectNotice, became: NoticeState) -> Told:
    return Told(
        (
            notice.pk,
            notice.wave.number,
            str(WaveKind(notice.wave.kind).label),
            str(Way(notice.way).label),
            notice.country,
            notice.language,
            str(became.label),
            f"{notice.sent_at:%Y-%m-%d}" if notice.sent_at else "",
        ),
        kind="notice",
        key=f"{notice.wave.number}/{notice.pk}",
    )


LEDGER = Ledger(
    NAME,
    """
    SELECT CASE h.how WHEN 'called' THEN 'phone' WHEN 'wrote' THEN 'email'
            WHEN 'letter' THEN 'letter' WHEN 'met' THEN 'person' ELSE n.way END
            || '-' || w.kind AS part, c.id AS number,
        CASE c.to_state WHEN 'sent' THEN 1 ELSE -1 END AS adds, c.at
    FROM audit_statechange c
    JOIN outreach_directnotice n ON n.id = c.subject_id
    JOIN outreach_wave w ON w.id = n.wave_id
    LEFT JOIN outreach_toldbyhand h ON h.notice_id = n.id
    WHERE c.subject = 'notice' AND c.recall_id = %(recall)s
    AND (c.to_state = 'sent' AND c.from_state <> 'sent'
        OR c.from_state = 'sent' AND c.to_state IN ('refused', 'bounced'))
    """,
    (
        "Notice",
        "Wave",
        "Kind of wave",
        "Way",
        "Country",
        "Language",
        "What became of it",
        "Given on",
    ),
    _told,
)
