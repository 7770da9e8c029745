"""A claim that comes after a report is joined to it, where unit and person are the same."""

from dataclasses import replace

import pytest

from recalldesk.audit.states import Reason
from recalldesk.incidents.actions import Teller
from recalldesk.incidents.jobs import key_reports
from recalldesk.incidents.models import Incident
from recalldesk.sealing.fields_of_rows import opened
from tests.cast import AFFECTED, SERIALS
from tests.claims.owner import OLGA, PAVEL
from tests.incidents.reports_made import STORY, reported, teller_known
from tests.incidents.told import again, log_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
OF_THE_UNIT = replace(STORY, serial=AFFECTED)


def test_the_claim_of_the_same_person_for_the_same_unit_is_that_of_the_report() -> None:
    incident = reported(OF_THE_UNIT, teller=teller_known())
    filing = OLGA.files()
    for _ in range(2):
        key_reports(timestamp=0)
    incident = again(incident)
    assert incident.filing == filing
    assert opened(incident, "sealed_contact") == ""  # the claim has it, and takes it along
    assert [reason for *_, reason in log_of(incident)].count(Reason.LEARNED) == 1


@pytest.mark.parametrize(
    ("serial", "teller"),
    [
        (SERIALS[1], None),
        ("", None),
        (AFFECTED, Teller("Pavel", PAVEL.email, "")),
    ],
)
def test_another_unit_or_person_is_no_claim_of_it(serial: str, teller: Teller | None) -> None:
    incident = reported(replace(STORY, serial=serial), teller=teller or teller_known())
    OLGA.files()
    key_reports(timestamp=0)
    assert again(incident).filing is None


def test_of_two_reports_one_has_the_claim() -> None:
    for form in ("form-1", "form-2"):
        reported(OF_THE_UNIT, nonce=form, teller=teller_known())
    OLGA.files()
    for _ in range(2):
        key_reports(timestamp=0)
    assert Incident.objects.filter(filing__isnull=False).count() == 1
