"""Five years after it was obtained an incident is a count: nothing in it tells of anybody."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import transaction

from recalldesk.accounts.permissions import Role
from recalldesk.audit.states import Reason, Subject
from recalldesk.evidence.models import EvidenceSet
from recalldesk.foundation import clock
from recalldesk.incidents.deciding import decide_not_reportable
from recalldesk.incidents.erasing import erase_incident, erase_people_of_old_incidents, preview
from recalldesk.incidents.exporting import everything_told
from recalldesk.incidents.joining import join_reports
from recalldesk.incidents.models import Damage, Incident, Injury
from recalldesk.incidents.reporting import photos_for
from recalldesk.incidents.story import damaged_of, hurt_of
from recalldesk.keeping.standing_still import lock_erasing
from recalldesk.keeping.states import Why
from tests.at_the_desk import staff
from tests.claims.owner import OLGA, log_of
from tests.incidents.reports_made import reported, teller_known

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def test_words_ages_and_photos_go_and_every_count_stays() -> None:
    incident = reported(teller=teller_known())
    photos_for(incident.pk)
    with time_machine.travel(clock.now() + timedelta(days=5 * 365), tick=False):
        assert erase_people_of_old_incidents() == 1
        assert erase_people_of_old_incidents() == 0
    incident.refresh_from_db()
    assert incident.happened == "fire"
    [hurt], [damaged] = hurt_of(incident), damaged_of(incident)
    assert (hurt.care, hurt.age, hurt.harm) == ("doctor", "", "")
    assert (damaged.amount, damaged.currency, damaged.what) == (Decimal(90), "USD", "")
    assert EvidenceSet.objects.get().erased_at is not None
    assert not any(bytes(getattr(incident, f"sealed_{name}")) for name in ("account", "contact"))
    assert log_of(Subject.INCIDENT, incident.pk)[-1] == ("obtained", "obtained", Reason.ERASED)


def test_a_younger_one_is_left_alone() -> None:
    incident = reported()
    with time_machine.travel(
        clock.now() + timedelta(days=5 * 365) - timedelta(hours=1), tick=False
    ):
        assert erase_people_of_old_incidents() == 0
    assert hurt_of(incident)[0].age == "34"


def test_a_joined_report_waits_for_the_decision_of_its_event_alone() -> None:
    first, joined = reported(nonce="form-1"), reported(nonce="form-2")
    manager = staff(Role.RECALL_MANAGER)
    join_reports(number=joined.pk, same_as=first.pk, by=manager)
    assert preview(joined.pk).waits == "Nobody has decided yet whether it has to be reported."
    decide_not_reportable(number=first.pk, reason="Only warm, made up.", by=manager)
    assert preview(joined.pk).waits == ""
    with transaction.atomic():
        lock_erasing()
        assert erase_incident(joined.pk, Why.EARLY)
    assert [each.age for each in hurt_of(joined)] == [""]


def test_one_that_fails_keeps_no_other_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    first, _second = reported(nonce="form-1"), reported(nonce="form-2")
    real = Incident.save

    def fails(self: Incident, **options: object) -> None:
        if self.pk == first.pk:
            raise RuntimeError("made up")
        real(self, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Incident, "save", fails)
    with time_machine.travel(clock.now() + timedelta(days=5 * 365), tick=False):
        assert erase_people_of_old_incidents() == 1
    assert Injury.objects.exclude(sealed_age=b"").count() == 1
    assert Damage.objects.exclude(sealed_what=b"").count() == 1


def test_an_owner_gets_what_they_told_with_their_data() -> None:
    filing = OLGA.files()
    assert everything_told(filing.pk) is None
    reported(filing_id=filing.pk)
    told = everything_told(filing.pk)
    assert told is not None
    assert told["hurt"] == [{"care": "doctor", "age": "34", "harm": "A burnt hand, made up."}]
    assert told["damaged"][0]["amount"] == "90.00"
    assert told["account"] == "It burnt on the table, made up."
