"""A database that is as it was before: nobody is told twice, and who stopped stays silenced."""

from datetime import timedelta

import pytest

from recalldesk.foundation import clock
from recalldesk.outreach.models import DirectNotice, NamedPurchase, Suppressed, Wave
from recalldesk.outreach.sending import told
from recalldesk.outreach.sending.restored import settle_waves
from recalldesk.outreach.states import NoticeState, Suppression, WaveKind, WaveState, Way
from recalldesk.outreach.suppressing import is_suppressed, lift_all, suppress
from tests.cast import Desk, published_recall  # noqa: F401
from tests.outreach.told import Told
from tests.outreach.waves_made import a_notice, a_wave

pytestmark = pytest.mark.django_db
BACKUP = timedelta(hours=1)


@pytest.fixture
def people(kettles: Desk, published_recall: object) -> Told:  # noqa: F811
    return Told(kettles.cast)


def named(people: Told, wave: Wave, email: str) -> DirectNotice:
    notice = a_notice(wave, email)
    purchase = people.purchase(people.buyer(email=email))
    NamedPurchase.objects.create(notice=notice, purchase=purchase)
    return notice


def restore() -> int:
    """As if the backup of an hour ago had been put back: the rows are as they were then."""
    return settle_waves(backup_of=clock.now() - BACKUP)


def leave_out(wave: Wave) -> int:
    return sum(told.leave_out_the_told(each) for each in told.waves_to_check([wave]))


def test_a_wave_waits_for_a_person(people: Told) -> None:
    wave = a_wave(people.recall)
    done = a_wave(people.recall, state=WaveState.DONE)
    assert restore() == 1
    wave.refresh_from_db()
    done.refresh_from_db()
    assert (wave.state, done.state) == (WaveState.PAUSED, WaveState.DONE)
    assert restore() == 0


def test_what_left_since_the_backup_does_not_leave_again(people: Told) -> None:
    wave = a_wave(people.recall)
    left, waits = (named(people, wave, f"{name}@home.example") for name in ("olga", "otto"))
    told.remember_told([left.pk])
    restore()
    assert leave_out(wave) == 1
    left.refresh_from_db()
    waits.refresh_from_db()
    assert (left.state, waits.state) == (NoticeState.SENT, NoticeState.WAITING)
    assert left.sent_at is not None
    assert told.waves_to_check([wave]) == []


def test_a_wave_that_the_restore_forgot_and_that_is_made_anew_tells_nobody_twice(
    people: Told,
) -> None:
    forgotten = a_wave(people.recall)
    left = named(people, forgotten, "olga@home.example")
    told.remember_told([left.pk])
    restore()
    anew = a_wave(people.recall)
    again = a_notice(anew, "olga@home.example")
    other = a_notice(anew, "olga@home.example", way=Way.LETTER)
    purchase = NamedPurchase.objects.get(notice=left).purchase
    for notice in (again, other):
        NamedPurchase.objects.create(notice=notice, purchase=purchase)
    assert leave_out(anew) == 1
    again.refresh_from_db()
    other.refresh_from_db()
    assert (again.state, other.state) == (NoticeState.SENT, NoticeState.WAITING)


def test_one_that_names_another_purchase_too_is_sent(people: Told) -> None:
    wave = a_wave(people.recall)
    left = named(people, wave, "olga@home.example")
    told.remember_told([left.pk])
    restore()
    NamedPurchase.objects.create(notice=left, purchase=people.purchase(None))
    assert leave_out(wave) == 0


def test_a_later_reminder_is_not_taken_for_the_one_that_left(people: Told) -> None:
    first, second = (a_wave(people.recall, kind=WaveKind.REMINDER) for _ in range(2))
    left = named(people, first, "olga@home.example")
    told.remember_told([left.pk])
    later = a_notice(second, "olga@home.example")
    NamedPurchase.objects.create(
        notice=later, purchase=NamedPurchase.objects.get(notice=left).purchase
    )
    restore()
    assert (leave_out(first), leave_out(second)) == (1, 0)


def test_one_that_came_back_is_sent_again(people: Told) -> None:
    wave = a_wave(people.recall)
    left = named(people, wave, "olga@home.example")
    told.remember_told([left.pk])
    told.remember_came_back(left.pk)
    restore()
    assert leave_out(wave) == 0


def test_without_a_restore_nothing_is_left_out(people: Told) -> None:
    wave = a_wave(people.recall)
    left = named(people, wave, "olga@home.example")
    told.remember_told([left.pk])
    assert told.waves_to_check([wave]) == []


def test_who_stopped_since_the_backup_stays_silenced_and_who_came_back_does_not(
    people: Told,
) -> None:
    here, there = b"a" * 32, b"b" * 32
    for contact in (here, there):
        suppress(
            contact_digest=contact, way=Way.EMAIL, reason=Suppression.ASKED, recall=people.recall
        )
    lift_all(contact_digest=there, way=Way.EMAIL, reason=Suppression.ASKED, recall=people.recall)
    Suppressed.objects.all().delete()
    restore()
    restore()
    about = {"way": Way.EMAIL, "recall_id": people.recall.pk}
    assert is_suppressed(contact_digest=here, **about)
    assert not is_suppressed(contact_digest=there, **about)
    assert Suppressed.objects.count() == 1
