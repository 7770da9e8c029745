"""All that is kept of one claim is taken out: for a reason, logged, masked where it must be."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from pytest_django import Settings

from recalldesk.accounts import permissions
from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission, Role
from recalldesk.audit.canonical import BlockDigest
from recalldesk.audit.errors import LogKeyUnusable
from recalldesk.audit.head_text import heads_in
from recalldesk.audit.heads import signing_key
from recalldesk.audit.models import Block, SealedChange, StateChange
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims import erasing
from recalldesk.claims.desk.answering import look_at
from recalldesk.claims.desk.contacts import attach_scan, record_contact
from recalldesk.claims.desk.recall_asks import decline_reason
from recalldesk.claims.desk.second import confirm_decision
from recalldesk.claims.desk.telling import tell_decision
from recalldesk.claims.desk.undoing import undo_decision
from recalldesk.claims.errors import NoReason, NoSuchClaim
from recalldesk.claims.following import withdraw_filing
from recalldesk.claims.messages import write_message, write_to_owner
from recalldesk.claims.models import Filing
from recalldesk.claims.states import Channel, ContactAbout
from recalldesk.evidence.states import PhotoKind
from recalldesk.incidents.actions import obtain_incident, tell_more
from recalldesk.incidents.models import Incident
from recalldesk.mailing.reads import DOTS
from recalldesk.recalls.reads import document_of
from recalldesk.reports.claim_life.as_json import as_json
from recalldesk.reports.claim_life.exporting import export_claim
from recalldesk.reports.claim_life.sections import SECTIONS
from tests.cast import AFFECTED, SERIALS, Desk
from tests.claims.desk.people import approved, declined, rita, seen, senta, waiting_claim
from tests.claims.owner import OLGA, PAVEL, STREET, claim_of, fresh_pass, log_of, sends, the_recall

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
WHY = "Made up: the yearly audit."
SAID = "Made up: it is hot."
ANSWER = "Made up: unplug it."
NOTE = "Made up: she called about it."


@pytest.fixture
def auditor(desk: Desk) -> Staff:
    """Who reads the log."""
    return Staff.objects.create(email="aud@desk.example", name="Aud Made-Up", role=Role.AUDITOR)


@pytest.fixture
def filing(desk: Desk) -> Filing:
    """A claim for two units, with photos, messages and a look at it."""
    filing = OLGA.files_several(AFFECTED, SERIALS[1], photos=True)
    write_message(filing_id=filing.pk, text=SAID, nonce="n1")
    write_to_owner(filing_id=filing.pk, by=desk.cast.author, text=ANSWER, nonce="n2")
    look_at(reference=filing.reference, by=desk.cast.author, reason=NOTE)
    return filing


def exported(filing: Filing, by: Staff, **more: Any) -> dict[str, Any]:
    life = export_claim(reference=filing.reference, by=by, reason=WHY, **more)
    content: dict[str, Any] = json.loads(as_json(life))
    return content


def test_it_holds_the_filing_its_owner_and_its_units(filing: Filing, auditor: Staff) -> None:
    told = exported(filing, auditor)
    assert told["filing"][0]["reference"] == filing.reference
    owner = told["owner"][0]
    assert (owner["name"], owner["email"]) == (OLGA.name, OLGA.email)
    assert STREET["street_address"] in owner["address"]
    assert [unit["serial"] for unit in told["units"]] == [AFFECTED, SERIALS[1]]


def test_it_holds_messages_and_agreements_word_for_word(filing: Filing, auditor: Staff) -> None:
    told = exported(filing, auditor)
    assert [each["text"] for each in told["messages"]] == [SAID, ANSWER]
    assert told["messages"][1]["author"] == "Author"
    texts = {each.text.text for each in filing.agreements.select_related("text")}
    assert texts
    assert {each["text"] for each in told["agreements"]} == texts
    for each in told["agreements"]:
        assert hashlib.sha256(each["text"].encode()).hexdigest() == each["version"]


def test_it_lists_every_photo_with_its_digest_and_state(filing: Filing, auditor: Staff) -> None:
    claim = filing.claims.get(position=2)
    more = sends(claim, PhotoKind.OTHER)
    told = exported(filing, auditor)["photos"]
    assert len(told) == 5
    assert told[-1]["digest"] == bytes(more.original_digest).hex()
    assert (told[-1]["of"], told[-1]["state"]) == ("unit 2", "Received")


def test_it_holds_every_decision_with_its_reasons_and_what_became_of_it(auditor: Staff) -> None:
    claim = waiting_claim()
    undo_decision(decision_id=approved(claim).pk, by=rita())
    decision = declined(claim, words="Made up: it is a lamp.")
    with time_machine.travel(decision.takes_effect_at, tick=False):
        tell_decision(decision_id=decision.pk)
    told = exported(claim.filing, auditor)
    by_rule, undone, last = told["decisions"]
    assert (by_rule["by"], undone["by"], last["by"]) == ("The rule", "Rita", "Rita")
    assert by_rule["reasons"]
    assert (undone["kind"], undone["state"], undone["settled_by"]) == ("Approved", "Undone", "Rita")
    reason = decline_reason(document_of(claim.filing.version), "other", "en")
    assert reason is not None
    assert reason.text in last["reasons"]
    assert '"seen"' in last["grounds"]
    assert last["told_at"] == decision.takes_effect_at.isoformat()
    rows = [each for each in told["log"] if each["column_subject"] == "decision"]
    assert [each["column_to_state"] for each in rows] == [
        "final",
        "final",
        "undone",
        "final",
        "told",
    ]
    assert "Made up: it is a lamp." in [each["note"] for each in rows]
    assert {each["about"] for each in told["log"]} >= {"Remedy new-kettle"}


def test_who_proposed_and_who_agreed_are_in_it(auditor: Staff) -> None:
    claim = claim_of(OLGA.files())
    proposed = approved(claim, note="By phone.")
    confirm_decision(decision_id=proposed.pk, by=senta(), seen=seen(claim))
    last = exported(claim.filing, auditor)["decisions"][-1]
    assert (last["by"], last["settled_by"]) == ("Rita", "Senta")
    assert last["settled_at"] is not None


def test_it_holds_contacts_with_their_notes_and_scans(filing: Filing, auditor: Staff) -> None:
    contact = record_contact(
        recall=filing.recall,
        by=rita(),
        channel=Channel.LETTER,
        about=ContactAbout.CLAIM,
        nonce="c",
        note="Made up: her letter.",
        filing=filing,
    )
    attach_scan(contact=contact, by=rita(), chunks=[b"no real scan"])
    told = exported(filing, auditor)
    (noted,) = told["contacts"]
    assert (noted["channel"], noted["noted_by"]) == ("Letter", "Rita")
    assert noted["text"] == "Made up: her letter."
    assert "contact 1" in [each["of"] for each in told["photos"]]
    assert "contact" in {each["column_subject"] for each in told["log"]}
    assert "her letter" not in json.dumps(exported(filing, auditor, masked=True))


def test_it_lists_letters(filing: Filing, auditor: Staff) -> None:
    told = exported(filing, auditor)["letters"]
    assert {each["to"] for each in told} == {OLGA.email}
    assert "A claim was filed" in {each["purpose"] for each in told}


def test_every_row_of_the_log_about_it_is_there_with_who_and_why(
    filing: Filing, auditor: Staff
) -> None:
    told = exported(filing, auditor)["log"]
    claims = set(filing.claims.values_list("pk", flat=True))
    rows = StateChange.objects.all()
    about = rows.filter(subject=Subject.FILING, subject_id=filing.pk) | rows.filter(
        subject=Subject.CLAIM, subject_id__in=claims
    )
    assert set(about.values_list("pk", flat=True)) <= {each["row"] for each in told}
    kinds = {each["column_subject"] for each in told}
    assert kinds >= {"filing", "claim", "photo", "message", "mailing"}
    look = next(each for each in told if each["column_to_state"] == "looked_at")
    assert (look["who"], look["note"]) == ("Author", NOTE)


def test_nothing_of_another_claim_is_in_it(filing: Filing, auditor: Staff) -> None:
    other = PAVEL.files(SERIALS[2])
    write_message(filing_id=other.pk, text="Made up: mine alone.", nonce="n9")
    text = json.dumps(exported(filing, auditor))
    for part in (PAVEL.name, PAVEL.email, SERIALS[2], other.reference, "mine alone"):
        assert part not in text


def test_the_export_is_in_the_log_and_in_itself(filing: Filing, auditor: Staff) -> None:
    told = exported(filing, auditor)["log"]
    row = StateChange.objects.filter(subject=Subject.FILING, to_state="exported").get()
    assert (row.subject_id, row.actor_id) == (filing.pk, auditor.pk)
    assert told[-1]["row"] == row.pk
    assert (told[-1]["who"], told[-1]["note"]) == ("Aud Made-Up", WHY)


def test_each_row_is_shown_with_its_seal_under_the_signed_head(
    filing: Filing, auditor: Staff
) -> None:
    told = exported(filing, auditor)
    (head,) = heads_in(told["head"].encode())
    assert head.is_signed_by(signing_key().public)
    blocks = {each["block"]: each["digest"] for each in told["blocks"]}
    assert blocks[head.block] == head.digest.hex()
    assert {each["row"] for each in told["seals"]} == {each["row"] for each in told["log"]}
    for each in told["seals"]:
        sealed = SealedChange.objects.get(pk=each["row"])
        assert (each["block"], each["digest"]) == (sealed.block_id, bytes(sealed.digest).hex())


def test_a_rows_digest_follows_from_what_the_export_says(filing: Filing, auditor: Staff) -> None:
    told = exported(filing, auditor)
    block = Block.objects.get(number=told["blocks"][-1]["block"])
    rows = SealedChange.objects.filter(block=block).order_by("place")
    made = BlockDigest(
        number=block.number,
        previous=bytes(block.previous),
        count=block.count,
        total=block.total,
        sealed_at=block.sealed_at,
    ).add_all((row.change_id, bytes(row.digest)) for row in rows)
    assert made.done().hex() == told["blocks"][-1]["digest"]


def test_danger_that_was_told_is_in_it(desk: Desk, auditor: Staff) -> None:
    live = the_recall()
    incident = obtain_incident(live=live, language="en")
    tell_more(
        incident_id=incident.pk,
        live=live,
        brand="tidewater",
        name="Made-Up Teller",
        contact="teller@home.example",
        account="Made up: it smoked.",
    )
    filing = Incident.objects.select_related("filing").get().filing
    assert filing is not None
    told = exported(filing, auditor)
    assert told["incidents"][0]["text"] == "Made up: it smoked."
    assert "incident" in {each["column_subject"] for each in told["log"]}
    assert log_of(Subject.INCIDENT, incident.pk)[-1][2] == Reason.HEALTH_SHOWN


def test_what_is_told_of_peoples_health_is_for_whoever_may_see_it(
    desk: Desk, auditor: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = the_recall()
    incident = obtain_incident(live=live, language="en")
    told = {"name": "", "contact": "teller@home.example", "account": "Made up: it smoked."}
    filing = tell_more(incident_id=incident.pk, live=live, brand="tidewater", **told).filing
    assert filing is not None
    held = {role: held - {Permission.SEE_HEALTH} for role, held in _roles()}
    monkeypatch.setattr("recalldesk.accounts.models.staff.ROLE_PERMISSIONS", held)
    assert exported(filing, auditor)["incidents"][0]["text"] == DOTS
    assert log_of(Subject.INCIDENT, incident.pk)[-1][2] != Reason.HEALTH_SHOWN


PERSONAL = (OLGA.name, OLGA.email, STREET["street_address"], AFFECTED, SAID, ANSWER, NOTE, WHY)


def _may_not_see(by: Staff, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    held = {role: held - {Permission.SEE_PERSONAL} for role, held in _roles()}
    monkeypatch.setattr("recalldesk.accounts.models.staff.ROLE_PERMISSIONS", held)
    return {}


def _asks_for_it(_by: Staff, _monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    return {"masked": True}


def _roles() -> list[tuple[Role, frozenset[Permission]]]:
    return list(permissions.ROLE_PERMISSIONS.items())


@pytest.mark.parametrize("because", [_may_not_see, _asks_for_it])
def test_personal_data_is_masked(
    filing: Filing,
    auditor: Staff,
    monkeypatch: pytest.MonkeyPatch,
    because: Callable[[Staff, pytest.MonkeyPatch], dict[str, Any]],
) -> None:
    told = exported(filing, auditor, **because(auditor, monkeypatch))
    told.pop("reason")  # whoever exports it wrote that a moment ago
    text = json.dumps(told, ensure_ascii=False)
    for part in PERSONAL:
        assert part not in text
    assert told["owner"][0]["email"] == "o•••@home.example"
    assert told["shows_personal_data"] is False
    assert StateChange.objects.filter(to_state="exported_masked").exists()


def test_whoever_may_not_read_the_log_gets_nothing(filing: Filing, desk: Desk) -> None:
    before = StateChange.objects.count()
    with pytest.raises(NotPermitted):
        exported(filing, desk.cast.viewer)
    with pytest.raises(NoReason):
        export_claim(reference=filing.reference, by=desk.cast.author, reason=" ")
    assert StateChange.objects.count() == before


def test_a_reference_is_read_as_anybody_types_it(filing: Filing, auditor: Staff) -> None:
    typed = filing.reference.lower().replace("-", " ")
    life = export_claim(reference=typed, by=auditor, reason=WHY)
    assert life.reference == filing.reference


def test_drafts_and_unknown_references_are_refused(desk: Desk, auditor: Staff) -> None:
    for reference in (OLGA.opens().reference, "R-2222-2222", "nothing"):
        with pytest.raises(NoSuchClaim):
            export_claim(reference=reference, by=auditor, reason=WHY)


def test_of_an_erased_claim_the_log_is_left(filing: Filing, auditor: Staff) -> None:
    withdraw_filing(filing_id=filing.pk)
    erasing.erase_filing(opened=fresh_pass(filing))
    told = exported(filing, auditor)
    assert told["owner"] == []
    text = json.dumps(told)
    for part in (OLGA.name, OLGA.email, AFFECTED, SAID, NOTE):
        assert part not in text
    look = next(each for each in told["log"] if each["column_to_state"] == "looked_at")
    assert look["note"] == "(erased)"
    assert all(photo["state"] == "Removed" for photo in told["photos"])


def test_without_a_key_for_the_head_nothing_is_taken_out(
    filing: Filing, auditor: Staff, settings: Settings
) -> None:
    settings.LOG_KEY = ""
    with pytest.raises(LogKeyUnusable):
        exported(filing, auditor)
    assert not StateChange.objects.filter(to_state="exported").exists()


def test_each_section_has_a_name_of_its_own(filing: Filing, auditor: Staff) -> None:
    life = export_claim(reference=filing.reference, by=auditor, reason=WHY)
    names = [section.name for section in life.sections]
    assert len(set(names)) == len(SECTIONS)
    for section in life.sections:
        for record in section.records:
            assert {column.key for column in section.columns} <= set(record)
