"""Messages and photos after a claim was filed: each is kept once; a claim that waited goes on."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from recalldesk.audit.states import Actor
from recalldesk.claims.messages import LONGEST_MESSAGE
from recalldesk.claims.models import Filing, Message
from recalldesk.claims.reads import messages_of, seen_filing
from recalldesk.claims.states import ClaimState, Direction
from recalldesk.evidence.models import Photo
from recalldesk.evidence.moving import move
from recalldesk.evidence.states import PhotoProblem, PhotoState
from recalldesk.sealing.fields_of_rows import sealed
from tests.portal.claims.filed import Follower, filed, moved, states

pytestmark = pytest.mark.usefixtures("owner")
WORDS = "Made up: where do I throw it away? <b>"


def a_file(name: str = "label.jpg", content: bytes = b"made-up bytes") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


@pytest.fixture
def follower(published: Path) -> Follower:
    return Follower(filed(published))


def nonce_on(page: str) -> str:
    found = re.search(r'name="nonce" value="([^"]+)"', page)
    assert found
    return found.group(1)


def test_a_message_is_sealed_and_shown_again(follower: Follower) -> None:
    answer = follower.sends("message", message=WORDS, nonce=nonce_on(follower.reads()))
    assert answer.status_code == 303
    assert answer["Location"] == follower.path("?done=message")
    assert WORDS.encode() not in bytes(Message.objects.get().sealed_text)
    body = follower.reads("?done=message")
    assert "Your message is with the desk." in body
    assert "where do I throw it away? &lt;b&gt;" in body


def test_the_same_form_sent_twice_is_one_message(follower: Follower) -> None:
    nonce = nonce_on(follower.reads())
    for _ in range(2):
        follower.sends("message", message=WORDS, nonce=nonce, photos=a_file())
    assert Message.objects.count() == 1
    assert Photo.objects.count() == 1


def test_two_forms_are_two_messages_also_with_the_same_words(follower: Follower) -> None:
    for _ in range(2):
        follower.sends("message", message=WORDS, nonce=nonce_on(follower.reads()))
    assert Message.objects.count() == 2


def test_an_empty_message_is_asked_for_again(follower: Follower) -> None:
    answer = follower.sends("message", message=" ", nonce="made-up")
    assert answer.status_code == 422
    assert "Please fill this in." in answer.content.decode()
    assert Message.objects.count() == 0


def test_what_was_typed_is_kept_where_it_is_too_long(follower: Follower) -> None:
    text = "made up " * (LONGEST_MESSAGE // 8 + 1)
    answer = follower.sends("message", message=text, nonce="made-up")
    assert answer.status_code == 422
    assert text.strip() in answer.content.decode()


def test_photos_need_no_words(follower: Follower) -> None:
    answer = follower.sends("message", message="", nonce="made-up", photos=a_file())
    assert answer.status_code == 303
    [message] = messages_of(follower.filing)
    assert (message.text, len(message.photos)) == ("", 1)


def test_of_a_file_that_is_refused_is_told_and_the_rest_is_kept(follower: Follower) -> None:
    files = [a_file("empty.jpg", b""), a_file("good.jpg")]
    answer = follower.sends("message", message=WORDS, nonce="made-up", photos=files)
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "<strong>empty.jpg:</strong> This file is empty." in body
    assert "Everything else was kept." in body
    [message] = messages_of(follower.filing)
    assert (message.text, len(message.photos)) == (WORDS, 1)


BY_SCRIPT = {"Accept": "application/json"}


def test_the_script_sends_each_photo_with_the_message_which_is_kept_once(
    follower: Follower,
) -> None:
    nonce = nonce_on(follower.reads())
    told = [
        follower.sends(
            "message", headers=BY_SCRIPT, message=WORDS, nonce=nonce, photos=a_file(content=content)
        ).json()
        for content in (b"one", b"two", b"two")
    ]
    [message] = messages_of(follower.filing)
    assert message.text == WORDS
    assert [each["id"] for each in told[:2]] == [photo.pk for photo in message.photos]
    assert told[2] == told[1], "the same again is the same"
    assert "Received." in told[0]["says"]


def test_of_a_photo_that_is_refused_the_script_is_told_and_the_message_is_kept(
    follower: Follower,
) -> None:
    answer = follower.sends(
        "message", headers=BY_SCRIPT, message=WORDS, nonce="made-up", photos=a_file(content=b"")
    )
    assert answer.status_code == 422
    assert answer.json() == {
        "says": "This file is empty.",
        "does": "Take the photo again, or choose another file.",
        "again": False,
        "stays": True,
    }
    [message] = messages_of(follower.filing)
    assert (message.text, message.photos) == (WORDS, ())


def test_of_a_message_that_is_too_long_the_script_is_told_and_nothing_is_kept(
    follower: Follower,
) -> None:
    text = "made up " * (LONGEST_MESSAGE // 8 + 1)
    answer = follower.sends(
        "message", headers=BY_SCRIPT, message=text, nonce="made-up", photos=a_file()
    )
    assert (answer.status_code, answer.json()["field"]) == (422, "message")
    assert Message.objects.count() == Photo.objects.count() == 0


def test_the_script_sends_more_photos_of_a_unit(published: Path) -> None:
    filing = filed(published, units=2)
    answer = Follower(filing).sends(
        "more-photos", headers=BY_SCRIPT, unit="2", kind="marking", photos=a_file()
    )
    [photo] = seen_filing(filing).units[1].photos
    assert (answer.json()["id"], photo.kind) == (photo.pk, "marking")


def test_a_photo_that_was_refused_alone_leaves_no_empty_message_on_the_page(
    follower: Follower,
) -> None:
    follower.sends("message", message="", nonce="made-up", photos=a_file(content=b""))
    assert "says mine" not in follower.reads()


def test_only_the_pages_with_photos_may_send_by_script(follower: Follower) -> None:
    for page in ("", "more-photos"):
        assert "connect-src 'self'" in follower.sees(page)["Content-Security-Policy"]
    assert "connect-src" not in follower.sees("withdraw")["Content-Security-Policy"]


def test_what_the_desk_writes_is_shown(follower: Follower) -> None:
    Message.objects.create(
        filing=follower.filing,
        direction=Direction.FROM_DESK,
        sealed_text=sealed(
            Message, "sealed_text", "Made-up answer", recall_id=follower.filing.recall_id
        ),
        nonce="made-up",
    )
    body = follower.reads()
    assert "Recall desk ·" in body
    assert "<p>Made-up answer</p>" in body


@pytest.mark.parametrize(
    ("page", "fields", "after"),
    [
        ("message", {"message": WORDS}, ClaimState.IN_REVIEW),
        ("more-photos", {"photos": True}, ClaimState.CHECKING),
    ],
)
def test_a_claim_that_waited_for_the_owner_goes_on(
    follower: Follower, page: str, fields: dict[str, object], after: ClaimState
) -> None:
    """Where no photo waits to be looked through, no job would bring it on: a person has it."""
    moved(follower.filing, ClaimState.NEEDS_OWNER)
    sent = {name: a_file() if value is True else value for name, value in fields.items()}
    assert follower.sends(page, nonce="made-up", **sent).status_code == 303
    assert states(follower.filing) == [after]
    assert "<b>You sent what we asked for</b>" in follower.reads()


def test_more_photos_go_to_the_unit_that_was_named(published: Path) -> None:
    filing = filed(published, units=2)
    answer = Follower(filing).sends("more-photos", unit="2", kind="marking", photos=a_file())
    assert answer.status_code == 303
    first, second = seen_filing(filing).units
    assert first.photos == ()
    assert [photo.kind for photo in second.photos] == ["marking"]


@pytest.fixture
def two_asked(published: Path) -> Follower:
    """Of three units two wait for their owner."""
    filing = filed(published, units=3)
    for position in (1, 2):
        moved(filing, ClaimState.NEEDS_OWNER, position=position)
    return Follower(filing)


def test_a_photo_of_one_unit_leaves_the_others_waiting(two_asked: Follower) -> None:
    two_asked.sends("more-photos", unit="2", kind="label", photos=a_file())
    assert states(two_asked.filing) == ["needs_owner", "checking", "in_review"]
    assert "We need one more thing from you" in two_asked.reads()


@pytest.mark.parametrize(
    ("unit", "after"),
    [
        ("1", ["in_review", "needs_owner", "in_review"]),
        ("", ["in_review", "in_review", "in_review"]),
        ("nonsense", ["in_review", "in_review", "in_review"]),
    ],
)
def test_a_message_says_of_which_unit_it_is_where_several_wait(
    two_asked: Follower, unit: str, after: list[str]
) -> None:
    page = two_asked.reads()
    options = re.findall(r'<option value="(\d*)"', page.partition("messages-h")[2])
    assert options == ["", "1", "2"]
    two_asked.sends("message", message=WORDS, nonce=nonce_on(page), unit=unit)
    assert states(two_asked.filing) == after
    assert "<select" not in two_asked.reads().partition("messages-h")[2]


def test_the_unit_that_was_chosen_is_kept_where_the_message_is_not_taken(
    two_asked: Follower,
) -> None:
    answer = two_asked.sends("message", message=" ", nonce="made-up", unit="2")
    assert answer.status_code == 422
    assert '<option value="2" selected>' in answer.content.decode()


def test_without_a_file_it_is_asked_for_again(follower: Follower) -> None:
    answer = follower.sends("more-photos", kind="label")
    assert answer.status_code == 422
    assert "Choose a photo first" in answer.content.decode()


def test_a_photo_that_is_of_no_use_says_what_to_do(follower: Follower) -> None:
    follower.sends("more-photos", kind="label", photos=a_file())
    photo = Photo.objects.get()
    assert "Received. We check it in a moment" in follower.reads()
    move(photo, PhotoState.SCANNING, actor=Actor.MACHINE)
    photo.problem = PhotoProblem.DAMAGED
    move(photo, PhotoState.UNUSABLE, actor=Actor.MACHINE)
    body = follower.reads()
    assert "This photo arrived damaged or cut off." in body
    assert "more-photos?unit=1&amp;kind=label" in body


def _found_damaged(photo: Photo) -> None:
    move(photo, PhotoState.SCANNING, actor=Actor.MACHINE)
    photo.problem = PhotoProblem.DAMAGED
    move(photo, PhotoState.UNUSABLE, actor=Actor.MACHINE)


def test_a_photo_of_no_use_is_not_asked_for_again_where_another_of_its_kind_is_there(
    follower: Follower,
) -> None:
    for content in (b"made-up bytes", b"other made-up bytes"):
        follower.sends("more-photos", kind="label", photos=a_file(content=content))
    _found_damaged(Photo.objects.earliest("pk"))
    body = follower.reads()
    assert "This photo arrived damaged or cut off." in body
    assert "more-photos?unit=1&amp;kind=label" not in body


def test_of_several_photos_in_a_message_each_has_its_number(follower: Follower) -> None:
    files = [a_file("one.jpg"), a_file("two.jpg", b"other made-up bytes")]
    follower.sends("message", message=WORDS, nonce="made-up", photos=files)
    _found_damaged(Photo.objects.latest("pk"))
    body = re.sub(r"<[^>]+>", " ", follower.reads())
    assert re.search(r"Photo 1\s+Received\.", body)
    assert re.search(r"Photo 2\s+This photo arrived damaged", body)


def test_once_it_is_settled_no_more_photos_are_taken(follower: Follower) -> None:
    moved(follower.filing, ClaimState.SETTLED)
    assert follower.sends("more-photos", photos=a_file())["Location"].endswith("?done=too-late")
    assert Photo.objects.count() == 0


def test_a_message_typed_into_a_page_that_closed_is_not_lost(follower: Follower) -> None:
    Filing.objects.get().passes.all().delete()
    answer = follower.sends("message", message=WORDS, nonce="made-up")
    assert answer.status_code == 403
    body = answer.content.decode()
    assert "Your message was not sent. Here it is, for you to copy:" in body
    assert "where do I throw it away? &lt;b&gt;</textarea>" in body


def test_a_form_of_another_site_is_refused(follower: Follower) -> None:
    answer = follower.client.post(
        follower.path("message"),
        {"message": WORDS, "nonce": "made-up"},
        headers={"Origin": "https://elsewhere.example"},
    )
    assert answer.status_code == 403
    assert Message.objects.count() == 0
