"""The clock of incidents is seen to remind: by the real job, once at each stage, in time."""

from datetime import timedelta

import pytest
import time_machine
from django.core.mail import EmailMessage

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.audit.states import Reason
from recalldesk.foundation import clock
from recalldesk.incidents import reminding
from recalldesk.incidents.deciding import decide_filed
from recalldesk.incidents.desk_lists import IncidentFilters, IncidentList, incidents_page
from recalldesk.incidents.jobs import remind
from recalldesk.incidents.joining import join_reports
from recalldesk.incidents.models import Incident
from recalldesk.incidents.rules import clock_since
from recalldesk.incidents.states import Care
from recalldesk.incidents.story import Hurt, Story
from recalldesk.mailing.content import content_of, recipient_of
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from recalldesk.recalls.actions import apply_recall_file
from recalldesk.recalls.models import Recall
from tests.at_the_desk import staff
from tests.cast import recall_text
from tests.incidents.told import again, incident, later, log_of, obtained
from tests.worked import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
DESK = "recall-help@example.com"
HEALTH = Story(account="Her hand was burnt, made up.", hurt=(Hurt(Care.DOCTOR, "34", "A hand."),))


def mails() -> list[tuple[str, str, str]]:
    """Recipient, subject and text of each reminder."""
    rows = Mailing.objects.filter(purpose=Purpose.INCIDENT_TO_DESK).order_by("pk")
    return [(recipient_of(row), content_of(row).subject, content_of(row).text) for row in rows]


def reminded() -> int:
    """Runs the job as a worker does; how many mails there are then."""
    remind(timestamp=0)
    return len(mails())


def test_it_reminds_at_twelve_hours_at_twenty_and_when_the_time_is_over() -> None:
    row = incident(HEALTH)
    sent = []
    for hours in (0, 11.9, 12.1, 12.2, 19.9, 20.1, 20.2, 23.9, 24.1, 24.2):
        with time_machine.travel(row.obtained_at + timedelta(hours=hours), tick=False):
            sent.append(reminded())
    assert sent == [0, 0, 1, 1, 1, 2, 2, 2, 3, 3]
    assert [each[2] for each in log_of(row)].count(Reason.REMINDED) == 3
    lefts = [subject.rpartition("first: ")[2] for _, subject, _ in mails()]
    assert lefts == ["11 h 54 min left)", "3 h 54 min left)", "over by 6 min)"]


def test_while_the_time_is_over_it_reminds_once_a_day() -> None:
    obtained(30)
    assert reminded() == 1
    for days in (1, 2):
        with later(24 * days):
            assert reminded() == reminded() == 1 + days


def test_the_mail_names_numbers_and_times_and_nothing_of_anybody() -> None:
    row, other = obtained(13, HEALTH), obtained(1, HEALTH)
    reminded()
    ((to, subject, text),) = mails()
    assert to == DESK
    assert subject == "kettle-k20: 2 incidents wait for a decision (first: 10 h 59 min left)"
    due = row.obtained_at + timedelta(hours=24)
    assert f"Incident {row.pk}: 10 h 59 min left (until {due:%Y-%m-%d %H:%M} UTC)." in " ".join(
        text.split()
    )
    assert f"Incident {other.pk}: 22 h 59 min left" in text
    assert "/desk/incidents/" in text
    for word in ("burnt", "hand", "34", "doctor", "Doctor"):
        assert word not in text + subject
    assert again(other).reminded_at is None


def test_what_came_in_one_file_is_one_mail() -> None:
    moment = clock.now() - timedelta(hours=13)
    rows = [incident(obtained_at=moment) for _ in range(40)]
    assert reminded() == 1
    text = " ".join(mails()[0][2].split())
    assert "And 10 more." in text
    assert all(again(row).reminded_at for row in rows)


def test_what_is_decided_or_joined_is_not_named() -> None:
    manager = staff(Role.RECALL_MANAGER)
    decided, counted, joined = obtained(13), obtained(5), obtained(14)
    decide_filed(number=decided.pk, reference="MADE-UP 1", reported_at=clock.now(), by=manager)
    join_reports(number=joined.pk, same_as=counted.pk, by=manager)
    assert reminded() == 1
    assert f"Incident {counted.pk}: 9 h 59 min left" in mails()[0][2]
    assert f"Incident {joined.pk}:" not in mails()[0][2]


def test_the_mail_leaves_by_its_own_job(mailoutbox: list[EmailMessage]) -> None:
    row = obtained(13)
    remind(timestamp=0)
    run_jobs(tasks=["mailing.send"])
    assert [each.to for each in mailoutbox] == [[DESK]]
    assert f"Incident {row.pk}:" in str(mailoutbox[0].body)


def test_an_incident_of_no_recall_goes_to_every_desk() -> None:
    obtained(13, of="")
    assert reminded() == 1
    to, subject, _ = mails()[0]
    assert to == DESK
    assert subject.startswith("no recall known: 1 incident waits")


def not_published(by: Staff) -> Recall:
    return apply_recall_file(text=recall_text("kettle-k30"), by=by).version.recall


def test_before_a_recall_is_public_those_who_decide_are_reminded_and_no_other_desk() -> None:
    manager = staff(Role.RECALL_MANAGER)
    reviewer = staff(Role.REVIEWER)
    obtained(13, of=not_published(manager).slug)
    reminded()
    written_to = {to for to, _, _ in mails()}
    assert manager.email in written_to
    assert not written_to & {DESK, reviewer.email}
    assert all(subject.startswith("kettle-k30: 1 incident waits") for _, subject, _ in mails())


def test_where_nobody_can_be_written_to_nothing_is_noted_and_it_is_tried_again() -> None:
    manager = staff(Role.RECALL_MANAGER)
    row = obtained(13, of=not_published(manager).slug)
    Staff.objects.update(is_active=False)
    assert reminded() == 0
    assert again(row).reminded_at is None
    Staff.objects.filter(pk=manager.pk).update(is_active=True)
    assert reminded() == 1
    assert again(row).reminded_at is not None


def test_a_worker_that_is_killed_on_the_way_leaves_nothing_half(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [obtained(13), obtained(14)]
    written = reminding._note

    def killed(row: Incident, now: object) -> None:
        if row.pk == rows[1].pk:
            raise KeyboardInterrupt
        written(row, clock.now())

    monkeypatch.setattr(reminding, "_note", killed)
    with pytest.raises(KeyboardInterrupt):
        remind(timestamp=0)
    assert mails() == []
    assert again(rows[0]).reminded_at is None
    monkeypatch.setattr(reminding, "_note", written)
    assert reminded() == 1


def test_what_fails_for_one_recall_keeps_no_other_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    failing, going = obtained(13, of=""), obtained(13)
    written = reminding._note

    def fails(row: Incident, now: object) -> None:
        if row.pk == failing.pk:
            raise RuntimeError
        written(row, clock.now())

    monkeypatch.setattr(reminding, "_note", fails)
    assert reminded() == 1
    assert (again(failing).reminded_at, again(going).reminded_at is not None) == (None, True)
    monkeypatch.setattr(reminding, "_note", written)
    assert reminded() == 2


def test_the_database_counts_the_clock_as_the_rule_does() -> None:
    manager = staff(Role.RECALL_MANAGER)
    rows = [obtained(hours) for hours in (3, 9, 6, 1)]
    join_reports(number=rows[1].pk, same_as=rows[0].pk, by=manager)
    Incident.objects.filter(pk=rows[2].pk).update(learned_at=clock.now())
    page = incidents_page(IncidentFilters(list=IncidentList.DECIDE), by=manager)
    for each in page.rows:
        row = Incident.objects.get(pk=each.number)
        assert each.clock is not None
        assert each.clock.since == clock_since(
            obtained_at=row.obtained_at,
            learned_at=row.learned_at,
            joined_at=row.told_by.values_list("obtained_at", flat=True),
        )
    assert [each.number for each in page.rows] == [rows[0].pk, rows[3].pk, rows[2].pk]
