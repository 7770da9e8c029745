"""Photos on their way in: each by itself, nothing lost, nothing shown to strangers."""

import io
import json
import re
from unittest.mock import patch

import pytest
from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client, RequestFactory
from pytest_django import Settings

from recalldesk.claims.models import Claim
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoKind, PhotoProblem, PhotoState
from recalldesk.portal.uploading import upload_limits
from recalldesk.portal.uploading.receiving import Place, receive_bare
from tests.portal.claims.conftest import (
    ORIGIN,
    Claimant,
    made_up_photo,
    photo_file,
    words_of,
)

BARE = "application/octet-stream"


@pytest.fixture
def begun(claimant: Claimant) -> Claimant:
    claimant.begins_with(claimant.owner.recalled(), variant="black")
    return claimant


def sends_bare(
    claimant: Claimant, content: bytes, kind: str = "label"
) -> tuple[int, dict[str, object]]:
    answer = claimant.client.post(
        claimant.path(f"photos/1/{kind}"), content, content_type=BARE, headers=ORIGIN
    )
    return answer.status_code, json.loads(answer.content)


def kinds() -> list[str]:
    return sorted(Photo.objects.exclude(state=PhotoState.REMOVED).values_list("kind", flat=True))


def test_several_photos_of_a_kind_come_in_one_form(begun: Claimant) -> None:
    begun.gives(
        "photos",
        {"label-1": [photo_file(1), photo_file(2)], "marking-1": photo_file(3), "next": "1"},
    )
    assert kinds() == ["label", "label", "marking"]
    assert begun.at.endswith("/you")


def test_empty_fields_are_no_files(begun: Claimant) -> None:
    page = begun.gives("photos", {"label-1": photo_file(1), "marking-1": "", "next": "1"})
    assert kinds() == ["label"]
    assert page.status_code == 422
    assert "The unit with what you wrote on it: This photo is missing." in words_of(page)
    assert 'href="#marking-1"' in page.content.decode()


def test_one_that_is_refused_says_why_and_the_others_stay(begun: Claimant) -> None:
    empty = photo_file(1, "empty.jpg")
    empty.truncate(0)
    page = begun.gives("photos", {"label-1": empty, "marking-1": photo_file(2), "next": "1"})
    words = words_of(page)
    assert page.status_code == 422
    assert "empty.jpg : This file is empty. Take the photo again" in words
    assert kinds() == ["marking"]


def test_a_form_sent_again_keeps_one_of_each(begun: Claimant) -> None:
    for _ in range(2):
        begun.sends_photos()
    assert kinds() == ["label", "marking"]


def test_a_photo_can_be_removed(begun: Claimant) -> None:
    begun.sends_photos()
    photo = Photo.objects.get(kind="label")
    begun.gives("photos", {"remove": str(photo.pk)})
    assert begun.at.endswith("/photos")
    assert kinds() == ["marking"]


def test_nobody_removes_a_photo_of_another_claim(begun: Claimant) -> None:
    begun.sends_photos()
    photo = Photo.objects.get(kind="label")
    other = Claimant(begun.owner, Client())
    other.begins(serial="", reading="unreadable")
    other.gives("photos", {"remove": str(photo.pk)})
    assert kinds() == ["label", "marking"]


def test_whoever_cannot_take_photos_goes_on_and_may_think_again(begun: Claimant) -> None:
    begun.gives("photos", {"no_photo": "1"})
    assert begun.at.endswith("/you?no-photo")
    page = begun.sees("you", "?no-photo")
    assert "You cannot take photos of it. A person will ask you about it." in words_of(page)
    assert f'href="{begun.path("photos")}">Back to the photos</a>' in page.content.decode()
    assert "You cannot take photos of it." in words_of(begun.sees("photos"))
    begun.gives("photos", {"can_photo": "1"})
    assert not Claim.objects.get().cannot_photograph


def test_photos_may_come_later_but_before_it_is_sent(begun: Claimant) -> None:
    begun.gives("photos", {"later": "1"})
    assert begun.at.endswith("/you")
    assert begun.sees("send")["Location"].endswith("/you?missing")


def test_the_script_sends_one_by_one(begun: Claimant) -> None:
    status, said = sends_bare(begun, made_up_photo())
    assert status == 200
    assert said["id"] == Photo.objects.get().pk
    assert "Received" in str(said["says"])
    assert sends_bare(begun, made_up_photo())[1]["id"] == said["id"], "the same again is the same"
    status, said = sends_bare(begun, b"")
    assert (status, said["says"]) == (422, "This file is empty.")


def test_a_useless_one_is_named_and_replaced_by_the_next(begun: Claimant) -> None:
    sends_bare(begun, b"no picture at all")
    useless = Photo.objects.get()
    Photo.objects.filter(pk=useless.pk).update(state=PhotoState.SCANNING)
    Photo.objects.filter(pk=useless.pk).update(
        state=PhotoState.UNUSABLE, problem=PhotoProblem.NOT_A_PICTURE
    )
    page = begun.sees("photos")
    assert "This file is not a photo that we can open." in words_of(page)
    sends_bare(begun, made_up_photo())
    useless.refresh_from_db()
    assert useless.state == PhotoState.REMOVED
    assert kinds() == ["label"]


@pytest.mark.parametrize("path", ["photos/9/label", "photos/1/selfie", "photos/1/label"])
def test_where_no_photo_belongs_there_is_no_address(begun: Claimant, path: str) -> None:
    if path == "photos/1/label":
        assert begun.sees(path).status_code == 404
        return
    answer = begun.client.post(begun.path(path), b"x", content_type=BARE, headers=ORIGIN)
    assert answer.status_code == 404


def test_one_client_cannot_fill_the_store(begun: Claimant, settings: Settings) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"free_photos": 2})
    upload_limits.forget()
    assert [sends_bare(begun, made_up_photo(seed))[0] for seed in (1, 2, 3)] == [200, 200, 422]
    page = begun.gives("photos", {"marking-1": photo_file(4), "next": "1"})
    assert "Very many photos came from your connection" in words_of(page)
    assert kinds() == ["label", "label"]


def test_where_too_many_send_at_once_it_is_said_in_words_and_to_the_script(begun: Claimant) -> None:
    taken = [upload_limits.upload_slots.take() for _ in range(upload_limits.UPLOADS_AT_ONCE)]
    try:
        assert all(taken)
        status, said = sends_bare(begun, made_up_photo())
        assert (status, said["again"]) == (503, True)
        page = begun.gives("photos", {"label-1": photo_file(1), "next": "1"})
        assert page.status_code == 503
        assert page["Retry-After"]
        assert "What you sent before is kept" in words_of(page)
        assert begun.sees("photos").status_code == 200, "pages are answered meanwhile"
    finally:
        for _ in taken:
            upload_limits.upload_slots.give_back()


def test_one_client_takes_two_places_and_leaves_the_others(begun: Claimant) -> None:
    here = {"REMOTE_ADDR": "127.0.0.1"}
    with upload_limits.sending(here) as first, upload_limits.sending(here) as second:
        assert (first, second) == (True, True)
        status, said = sends_bare(begun, made_up_photo())
        assert (status, said["again"]) == (503, True)
        with upload_limits.sending({"REMOTE_ADDR": "192.0.2.7"}) as another:
            assert another
    assert sends_bare(begun, made_up_photo())[0] == 200


def test_too_much_together_is_said_and_read_by_nobody(begun: Claimant) -> None:
    with patch("recalldesk.portal.uploading.receiving.MOST_BYTES_TOGETHER", 1_000):
        page = begun.sends_photos()
    assert page.status_code == 422
    assert "together they have over 130 MB" in words_of(page)
    assert kinds() == []


def test_a_full_queue_is_said_and_tried_again(begun: Claimant, settings: Settings) -> None:
    settings.MOST_WAITING_PHOTOS = 0
    status, said = sends_bare(begun, made_up_photo())
    assert (status, said["again"]) == (422, True)


def test_a_picture_is_shown_to_whoever_holds_the_pass_only(begun: Claimant) -> None:
    sends_bare(begun, made_up_photo())
    photo = Photo.objects.get()
    path = begun.path(f"photos/{photo.pk}")
    assert begun.client.get(path).status_code == 404, "not before it is clean"
    with patch("recalldesk.portal.claiming.photos.picture_bytes", return_value=b"\xff\xd8picture"):
        answer = begun.client.get(path)
        assert answer.content == b"\xff\xd8picture"
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert Client().get(path).status_code == 403
        stranger = Claimant(begun.owner, Client())
        stranger.begins(serial="", reading="gone")
        assert stranger.sees(f"photos/{photo.pk}").status_code == 404


def test_only_the_page_of_photos_may_send_by_script(begun: Claimant) -> None:
    assert "connect-src 'self'" in begun.sees("photos")["Content-Security-Policy"]
    for step in ("unit", "you"):
        assert "connect-src" not in begun.sees(step)["Content-Security-Policy"]


def test_what_to_write_is_what_the_recall_asks(begun: Claimant) -> None:
    body = begun.sees("photos").content.decode()
    words = words_of(begun.sees("photos"))
    assert "RECALLED" in words
    assert "YOUR NAME" in words
    assert Claim.objects.get().marking_code not in body, "this recall asks for no code"
    assert "Yours is dark: use a light paint pen" in words
    assert "light tape" in body
    assert "Do not mark it if it is hot, swollen or leaking" in words
    assert words.index("How we use your photos") < words.index("Take or choose a photo")


def test_a_light_one_is_written_on_and_the_code_is_drawn_where_it_is_asked(
    claimant: Claimant,
) -> None:
    claimant.recall = "baseus-bs30kp365"
    claimant.begins(serial="", reading="unreadable")
    words = words_of(claimant.sees("photos"))
    assert Claim.objects.get().marking_code in words
    assert "I marked it before I had a number" in words
    claimant.recall = "anker-a1263"
    claimant.begins_with(claimant.owner.recalled(), variant="white")
    page = claimant.sees("photos")
    assert "Yours is light: use a dark permanent marker" in words_of(page)
    assert "A strip of light tape" not in page.content.decode()


def test_each_of_several_units_has_its_own_code_and_its_own_photos(claimant: Claimant) -> None:
    claimant.recall = "baseus-bs30kp365"
    claimant.begins(serials="AAAA1\nBBBB2")
    page = claimant.sees("photos")
    names = re.findall(r'type="file" id="([^"]+)"', page.content.decode())
    assert names == ["label-1", "marking-1", "label-2", "marking-2"]
    for claim in Claim.objects.all():
        assert claim.marking_code in words_of(page)


def test_the_label_that_cannot_be_read_is_welcome_and_not_required(claimant: Claimant) -> None:
    claimant.begins(serial="", reading="unreadable")
    words = words_of(claimant.sees("photos"))
    assert "As well as it can be seen" in words
    assert "so that every character can be read" not in words
    claimant.gives("photos", {"marking-1": photo_file(2), "next": "1"})
    assert claimant.at.endswith("/you")


def test_the_warning_comes_before_what_is_to_be_written(begun: Claimant) -> None:
    words = words_of(begun.sees("photos"))
    assert words.index("Do not mark it if it is hot") < words.index("Write this on it")


def test_how_large_is_said_once_and_what_files_before_one_is_refused(begun: Claimant) -> None:
    words = words_of(begun.sees("photos"))
    shown = re.sub(r"<svg.*?</svg>", "", begun.sees("photos").content.decode(), flags=re.DOTALL)
    assert shown.partition("<main")[2].casefold().count(">write large") == 1
    assert "Large" not in shown, "the drawing's own words are for whoever does not see it"
    assert "JPEG, PNG, WebP or HEIC, up to 25 MB each, no PDF." in words
    assert ("YOUR NAME" in words) == ("Instead of YOUR NAME write your own" in words)


def test_a_photo_that_breaks_off_leaves_nothing(begun: Claimant) -> None:
    content = made_up_photo()
    request = RequestFactory().post("/", b"", content_type=BARE)
    broken_off = {"CONTENT_LENGTH": str(len(content) + 10), "wsgi.input": io.BytesIO(content)}
    request = WSGIRequest(request.environ | broken_off)
    place = Place(Claim.objects.get().evidence, PhotoKind.LABEL)
    with pytest.raises(BadRequest):
        receive_bare(request, place)
    assert not Photo.objects.exists()
