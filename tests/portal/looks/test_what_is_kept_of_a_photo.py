"""What is kept of the second look by photo, by whom it is seen, and for how long."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Subject
from recalldesk.checks import photo_looks
from recalldesk.checks.guard import Admission, Step
from recalldesk.checks.models import PhotoLook
from recalldesk.evidence.models import EvidenceSet, Photo
from recalldesk.evidence.states import EvidencePurpose, PhotoKind, PhotoState
from recalldesk.foundation import clock
from recalldesk.portal.uploading import upload_limits
from recalldesk.recalls.models import Recall
from recalldesk.sealing.keys import SealingError
from recalldesk.units import live
from tests.labels import candidate, label
from tests.limited import Setting, solved
from tests.portal.claims.conftest import hidden_of, photo_file
from tests.portal.looks.conftest import ORIGIN, PHOTO, Looker, heading, words_of
from tests.portal.looks.test_a_photo_answers import NOT_IN, neighbour
from tests.portal.test_an_owner_over_the_limit import challenge, hidden
from tests.reading_rows import read_as

OVER = "This answer is no longer here"


def waiting_photo(looker: Looker) -> Photo:
    looker.photographs(looker.owner.checks(neighbour(looker)))
    return Photo.objects.get(evidence_set=looker.look.evidence_set)


def test_the_cookie_goes_to_the_pages_of_the_answer_only(looker: Looker) -> None:
    answer = looker.photographs(looker.owner.checks(neighbour(looker)))
    assert {cookie["path"] for cookie in answer.cookies.values()} >= {PHOTO, "/es/check/photo"}
    for cookie in answer.cookies.values():
        assert cookie["path"].endswith("/check/photo")
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
        assert not cookie["secure"], "this site is served without TLS"
    page = looker.owner.sees("/en/recalls/anker-a1263/check")
    assert not page.cookies
    assert "public" in page["Cache-Control"]


def test_over_tls_the_cookie_is_secure(looker: Looker) -> None:
    page = looker.owner.checks(neighbour(looker))
    fields = hidden_of(page, "/check/photo") | {"photo": photo_file()}
    answer = looker.owner.client.post(
        PHOTO, fields, headers={"Origin": "https://testserver"}, secure=True
    )
    assert all(cookie["secure"] for cookie in answer.cookies.values())


def test_no_serial_stands_in_an_address_and_nobody_keeps_the_page(looker: Looker) -> None:
    text = neighbour(looker)
    answer = looker.photographs(looker.owner.checks(text))
    assert text not in answer["Location"]
    pages = [answer, looker.sees(), looker.sees(f"{looker.at}/waits"), looker.is_told(label())]
    assert {page["Cache-Control"] for page in pages} == {"no-store"}


def test_the_answer_is_there_in_the_other_language(looker: Looker) -> None:
    text = neighbour(looker)
    page = looker.is_answered(text, label(candidate(text)))
    in_spanish = looker.at.replace("/en/", "/es/")
    assert f'href="{in_spanish}"' in page.content.decode()
    there = looker.sees(in_spanish)
    assert there.content.count(b'lang="es"')
    assert text in there.content.decode()
    assert looker.look.texts == 0


def test_another_browser_sees_nothing(looker: Looker) -> None:
    text = neighbour(looker)
    looker.is_answered(text, label(candidate(text)))
    stranger = Client()
    assert heading(stranger.get(looker.at)) == OVER
    stranger.cookies[f"look-en-{looker.at.rpartition('/')[2]}"] = "made-up"
    assert heading(stranger.get(looker.at)) == OVER
    assert stranger.get(f"{looker.at}/waits").json() == {"waits": False}
    sent = stranger.post(f"{looker.at}/text", {"serial": text}, headers=ORIGIN)
    assert heading(sent) == OVER


def test_a_form_of_another_site_is_refused(looker: Looker) -> None:
    for path in (PHOTO, f"{PHOTO}/made-up", f"{PHOTO}/made-up/text"):
        answer = looker.owner.client.post(path, {}, headers={"Origin": "https://else.example"})
        assert answer.status_code == 403


def test_what_is_kept_is_sealed(looker: Looker) -> None:
    text = neighbour(looker)
    looker.is_answered(text, label(candidate(text)))
    look = looker.look
    kept = bytes(look.sealed_asked) + bytes(look.sealed_reading)
    assert text.encode() not in kept
    assert photo_looks.question_of(look).fields["serial"] == text


def test_after_an_hour_nothing_is_left_but_a_stub(looker: Looker) -> None:
    text = neighbour(looker)
    looker.is_answered(text, label(candidate(text)))
    pk = looker.look.pk
    with time_machine.travel(clock.now() + timedelta(minutes=61)):
        assert heading(looker.sees()) == OVER
        photo_looks.go_on_with_looks()
    look = PhotoLook.objects.get(pk=pk)
    assert look.state == "ended"
    assert (look.digest, bytes(look.sealed_asked), bytes(look.sealed_reading)) == (None, b"", b"")
    assert look.answered_at is not None


def test_a_photo_that_was_never_read_goes_after_an_hour_too(looker: Looker) -> None:
    photo = waiting_photo(looker)
    with time_machine.travel(clock.now() + timedelta(minutes=61)):
        photo_looks.go_on_with_looks()
    photo.refresh_from_db()
    assert photo.state == PhotoState.REMOVED


def test_the_job_may_run_twice(looker: Looker) -> None:
    text = neighbour(looker)
    page = looker.is_answered(text, label(candidate(text)))
    photo_looks.take_reading(evidence_set_id=looker.look.evidence_set_id)
    assert heading(page) == heading(looker.sees()) == NOT_IN


def test_where_the_job_was_lost_the_reading_is_taken_all_the_same(looker: Looker) -> None:
    photo = waiting_photo(looker)
    photo_looks.go_on_with_looks()
    assert looker.look.state == "waiting"
    read_as(photo, label())
    photo_looks.go_on_with_looks()
    assert looker.look.state == "read"
    photo.refresh_from_db()
    assert photo.state == PhotoState.REMOVED


def test_a_look_that_cannot_be_ended_keeps_no_other_past_its_hour(
    looker: Looker, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        waiting_photo(looker)
    stuck, other = PhotoLook.objects.order_by("pk")
    erase = photo_looks.erase_evidence

    def cannot(*, evidence_set: EvidenceSet, actor: Actor) -> None:
        if evidence_set == stuck.evidence_set:
            raise SealingError("made up: its key is away")
        erase(evidence_set=evidence_set, actor=actor)

    monkeypatch.setattr(photo_looks, "erase_evidence", cannot)
    with time_machine.travel(clock.now() + timedelta(minutes=61)):
        photo_looks.go_on_with_looks()
    stuck.refresh_from_db()
    assert stuck.state == "waiting"
    other.refresh_from_db()
    assert other.state == "ended"


def test_the_log_says_that_nobody_but_the_machine_erased_it(looker: Looker) -> None:
    text = neighbour(looker)
    looker.is_answered(text, label(candidate(text)))
    set_id = looker.look.evidence_set_id
    photo_id = Photo.objects.get(evidence_set_id=set_id).pk
    rows = StateChange.objects.filter(to_state__in=("erased", "removed"))
    assert {(row.subject, row.subject_id, row.actor) for row in rows} == {
        (Subject.EVIDENCE_SET, set_id, Actor.MACHINE),
        (Subject.PHOTO, photo_id, Actor.MACHINE),
    }


def test_a_photo_of_no_look_is_erased(looker: Looker) -> None:
    recall = Recall.objects.get(slug="anker-a1263")
    stray = EvidenceSet.objects.create(recall=recall, purpose=EvidencePurpose.CHECK)
    photo_looks.take_reading(evidence_set_id=stray.pk)
    stray.refresh_from_db()
    assert stray.erased_at is not None


def test_a_claims_photos_are_none_of_its_business(looker: Looker) -> None:
    recall = Recall.objects.get(slug="anker-a1263")
    of_a_claim = EvidenceSet.objects.create(recall=recall)
    Photo.objects.create(
        evidence_set=of_a_claim, kind=PhotoKind.LABEL, original_bytes=1, storage_key="made-up"
    )
    photo_looks.go_on_with_looks()
    of_a_claim.refresh_from_db()
    assert of_a_claim.erased_at is None


def test_another_photo_takes_the_place_of_the_first(looker: Looker) -> None:
    page = looker.is_answered(neighbour(looker), None)
    first = looker.look
    looker.photographs(page)
    first.refresh_from_db()
    assert first.state == "ended"
    assert looker.look.number == 2


def test_without_a_photo_the_form_asks_for_one_and_nothing_is_lost(looker: Looker) -> None:
    page = looker.owner.checks(neighbour(looker))
    fields = hidden_of(page, "/check/photo")
    answer = looker.owner.client.post(PHOTO, fields, headers=ORIGIN)
    assert answer.status_code == 422
    assert "No photo came with it." in words_of(answer)
    assert looker.photographs(answer).status_code == 303


def test_who_sent_very_many_photos_is_told_to_wait(looker: Looker) -> None:
    page = looker.owner.checks(neighbour(looker))
    while upload_limits.may_send_photo({"REMOTE_ADDR": "127.0.0.1"}):
        pass
    answer = looker.photographs(page)
    assert answer.status_code == 422
    assert "Try again in a few minutes" in words_of(answer)
    assert not PhotoLook.objects.exclude(state="ended").exists()


def test_over_the_limit_the_photo_is_kept_and_its_answer_asks_for_a_proof(
    looker: Looker, limits: Setting
) -> None:
    text = neighbour(looker)
    limits(free_checks=1, free_checks_a_minute=1)
    looker.photographs(looker.owner.checks(text))
    asked = looker.is_told(label(candidate(text)))
    assert (asked.status_code, heading(asked)) == (429, "One moment, please")
    assert NOT_IN not in words_of(asked)
    fields = hidden(asked) | {"proof": solved(challenge(asked))}
    assert looker.owner.sends(looker.at, **fields).status_code == 303
    assert heading(looker.sees()) == NOT_IN
    again = looker.owner.sends(f"{looker.at}/text", serial=text)
    assert again.status_code == 429
    assert hidden(again)["serial"] == text


def test_who_is_refused_can_ask_again_from_the_same_page(
    looker: Looker, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = neighbour(looker)
    looker.photographs(looker.owner.checks(text))
    with monkeypatch.context() as patched:
        refused = Admission(Step.REFUSED, 75)
        patched.setattr("recalldesk.portal.views.held_up.admit", lambda *_: refused)
        page = looker.is_told(label(candidate(text)))
        assert page.status_code == 429
    assert looker.owner.sends(looker.at, **hidden(page)).status_code == 303
    assert heading(looker.sees()) == NOT_IN


def test_while_the_index_is_not_fresh_the_reading_waits_for_it(
    looker: Looker, settings: Settings
) -> None:
    text = neighbour(looker)
    looker.photographs(looker.owner.checks(text))
    fresh = settings.INDEX_STALE_AFTER
    settings.INDEX_STALE_AFTER = timedelta(seconds=-1)
    live.forget()  # one that was confirmed for an earlier test knows how long it is fresh
    page = looker.is_told(label(candidate(text)))
    assert heading(page) == "Please try again in a minute"
    assert "you need not send it again" in words_of(page)
    settings.INDEX_STALE_AFTER = fresh
    live.forget()
    assert heading(looker.sees()) == NOT_IN
