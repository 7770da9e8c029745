"""The draft under Section 15(b): each item with what is known and what is missing; what people told
only for whoever may see it, and logged."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from pypdf import PdfReader

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason
from recalldesk.foundation import clock
from recalldesk.incidents.joining import join_reports
from recalldesk.incidents.models import Incident
from recalldesk.incidents.states import Care, Happened, IncidentSource
from recalldesk.incidents.story import Hurt, Story, keep_story
from recalldesk.recalls.models import Recall
from recalldesk.reports.section15b.as_pdf import as_pdf
from recalldesk.reports.section15b.drafting import NoDraft, draft_of, draft_with_accounts
from recalldesk.reports.section15b.parts import ASKS, Draft
from tests.at_the_desk import staff
from tests.cast import Cast, Desk, recall_text
from tests.incidents.files_of_reports import OWN, as_csv, take, written
from tests.reports.test_the_pdf_of_a_claim import ODD

pytestmark = pytest.mark.django_db
TOLD = "A made-up secret about a hand."


@pytest.fixture
def recall(kettles: Desk, cast: Cast, tmp_path: Path) -> Recall:
    recall = kettles.apply().recall
    rows = (
        ["M-1", "2025-01-05", TOLD, "fire", "hospital"],
        ["M-2", "2025-01-06", "\n".join(ODD).replace("\0", ""), "", "unknown"],
    )
    take(recall, cast.author, written(tmp_path, as_csv(OWN, *rows)))
    return recall


def words_of(draft: Draft) -> str:
    pages = PdfReader(io.BytesIO(as_pdf(draft))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_each_item_of_the_rule_is_there_once_with_what_is_known_and_what_is_missing(
    recall: Recall, cast: Cast
) -> None:
    draft = draft_of(recall, by=cast.viewer)
    assert [item.number for item in draft.items] == list(ASKS) == list(range(1, 15))
    assert all(item.known or item.missing for item in draft.items)
    said = {item.number: item for item in draft.items}
    assert [each.text for each in said[4].known][:4] == [
        "Reports: 2",
        "Incidents: 2",
        "Fires and explosions: 1",
        "Fires: 1",
    ]
    assert said[4].missing[:2] == (
        "What happened in 1 of the incidents: ask, and enter it.",
        "What care 1 of the people hurt had: ask, and enter it.",
    )
    assert not said[10].known
    assert "Whether 2 of the reports have to be reported: decide them." in said[6].missing
    assert all(each.source for item in draft.items for each in item.known)
    assert "version 1 (draft)" in draft.version
    assert "The notice is not public yet" in said[11].missing[1]


def test_the_pdf_says_it_and_obeys_nothing_that_people_wrote(recall: Recall, cast: Cast) -> None:
    with time_machine.travel("2026-11-26T12:00:00Z", tick=False):
        senior = staff(Role.SENIOR_REVIEWER)
        plain = words_of(draft_of(recall, by=senior))
        whole = words_of(draft_with_accounts(recall, by=senior, reason="Made up."))
    assert "(14) Names, where asked for" in plain
    assert "MISSING:" in plain
    assert "known from the tally of incidents" in plain
    assert "Left out." in plain
    assert TOLD not in plain
    assert TOLD in whole
    assert "Hurt: Kept in hospital" in whole
    assert "#panic" in whole  # shown, not run


def test_what_people_told_is_for_whoever_may_see_it_and_each_look_is_logged(
    recall: Recall, cast: Cast
) -> None:
    senior = staff(Role.SENIOR_REVIEWER)
    with pytest.raises(NotPermitted):
        draft_with_accounts(recall, by=cast.viewer, reason="Made up.")
    with pytest.raises(NoDraft):
        draft_with_accounts(recall, by=senior, reason=" ")
    shown = StateChange.objects.filter(reason=Reason.HEALTH_SHOWN)
    assert not shown.exists()
    draft = draft_with_accounts(recall, by=senior, reason="Made up.")
    assert draft.accounts[0].told == TOLD
    assert list(shown.order_by("pk").values_list("subject_id", "actor_id")) == [
        (each.number, senior.pk) for each in draft.accounts
    ]


def test_a_draft_has_what_stands_in_the_recall_file(kettles: Desk, cast: Cast) -> None:
    text = recall_text().replace(
        "units_are_about = false\n",
        "units_are_about = false\nlevels = { manufacturer = 1, distributor = 1, retailer = 1, "
        "consumer = 2 }\n",
    )
    version = kettles.published(text)
    with time_machine.travel(clock.now() + timedelta(days=1)):
        draft = draft_of(version.recall, by=cast.viewer)
    items = {item.number: item for item in draft.items}
    assert not items[9].missing
    assert "consumers 2" in items[9].known[0].text
    assert items[7].known[0].text == "US: 5 units"
    assert "The notice is not public yet" not in "".join(items[11].missing)
    assert draft.reports == ()


def test_it_says_what_is_said_of_disposal_to_some(kettles: Desk, cast: Cast) -> None:
    case = (
        '[[disposal.cases]]\ncountries = ["US"]\ncondition = "damaged"\n\n'
        '[[disposal.cases.guidance]]\nen = "Call first, made up."\nes = "Llame antes."\n\n'
    )
    text = recall_text().replace("[[faq]]", case + "[[faq]]", 1)
    draft = draft_of(kettles.published(text).recall, by=cast.viewer)
    [remedies] = [item for item in draft.items if item.number == 12]
    assert "Of damaged units in US: Call first, made up." in [each.text for each in remedies.known]


def test_a_recall_without_a_version_has_none(cast: Cast) -> None:
    with pytest.raises(NoDraft):
        draft_of(Recall.objects.create(slug="empty"), by=cast.viewer)


def test_the_firm_knows_since_the_first_report_of_an_event_and_all_who_told_are_in_it(
    recall: Recall, cast: Cast
) -> None:
    first, counted = Incident.objects.order_by("pk")
    at = first.obtained_at
    with time_machine.travel(at + timedelta(days=3), tick=False):
        later = Incident.objects.create(recall=recall, source=IncidentSource.FORM, language="en")
        keep_story(later, Story(happened=Happened.FIRE, account="Told again, made up."))
        hurt = Story(hurt=(Hurt(Care.HOSPITAL, "8 months", "Made-up harm."),))
        keep_story(first, hurt)
        join_reports(number=first.pk, same_as=later.pk, by=cast.author)
        draft = draft_of(recall, by=cast.viewer)
        in_full = draft_with_accounts(recall, by=cast.author, reason="To write the report")
    (row,) = [each for each in draft.reports if each.number == later.pk]
    assert row.known_since == at
    told = {each.number: each for each in in_full.accounts}
    assert told.keys() == {first.pk, counted.pk, later.pk}
    assert told[first.pk].same_as == later.pk
    assert any("8 months" in each and "8 months years" not in each for each in told[first.pk].hurt)
    shown = StateChange.objects.filter(reason=Reason.HEALTH_SHOWN)
    assert set(shown.values_list("subject_id", flat=True)) == told.keys()
    harm = next(item for item in draft.items if item.number == 4)
    assert any(
        each.startswith(f"Incident {first.pk} is joined to {later.pk}") for each in harm.missing
    )
    assert f"Incident {first.pk} (told again of {later.pk})" in words_of(in_full)
