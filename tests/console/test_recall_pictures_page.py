"""The desk's page of pictures of a recall: what came, what is missing, and files brought."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from recalldesk.accounts.permissions import Role
from recalldesk.pictures.reads import missing_pictures, picture_digests, pictures_of
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.reads import newest_version
from tests.at_the_desk import main_of, sign_in
from tests.cast import Desk, recall_text
from tests.made_pictures import picture

PAGE = "/desk/recalls/kettle-k20/pictures/"
FRONT = "k20-front.jpg"


@pytest.fixture
def bare(kettles: Desk) -> RecallVersion:
    return kettles.apply(pictures=False)


@pytest.fixture
def manager(client: Client, kettles: Desk) -> Client:
    return sign_in(client, kettles.cast.author)


def sent(name: str, content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or picture())


def test_what_is_missing_is_marked(manager: Client, bare: RecallVersion) -> None:
    shown = main_of(manager.get(PAGE))
    assert "1 picture missing: k20-front.jpg" in shown
    assert "The kettle from the front: steel, with a black handle." in shown
    assert "El hervidor por delante" in shown
    assert "the main one" in shown


def test_files_are_taken_by_their_names(manager: Client, bare: RecallVersion) -> None:
    response = manager.post(PAGE, {"pictures": [sent(FRONT)]}, follow=True)
    assert response.redirect_chain == [(PAGE, 303)]
    assert missing_pictures(bare) == ()
    shown = main_of(response)
    assert "Taken: k20-front.jpg." in shown
    smallest = pictures_of(bare)[FRONT].sizes[0]
    preview = manager.get(f"{PAGE}{smallest.digest}.jpg")
    assert (preview.status_code, preview["Content-Type"]) == (200, "image/jpeg")
    assert preview["Cache-Control"] == "no-store"
    assert f"{PAGE}{smallest.digest}.jpg" in shown


def test_beside_its_picture_a_file_may_have_any_name(manager: Client, bare: RecallVersion) -> None:
    manager.post(PAGE, {f"as-{FRONT}": sent("IMG_2041.HEIC")})
    assert missing_pictures(bare) == ()


def test_it_goes_to_the_name_beside_which_it_was_chosen_or_nowhere(
    manager: Client, kettles: Desk, bare: RecallVersion
) -> None:
    field = f"as-{FRONT}"
    assert f'name="{field}"' in main_of(manager.get(PAGE))
    kettles.apply(recall_text().replace(FRONT, "another-product.jpg"), pictures=False)
    response = manager.post(PAGE, {field: sent("IMG_2041.HEIC")})
    assert response.status_code == 422
    assert f"{FRONT}</strong> was not taken" in main_of(response)
    newest = newest_version(kettles.recall())
    assert newest is not None
    assert missing_pictures(newest) == ("another-product.jpg",)


def test_what_is_not_taken_is_said_and_the_rest_is_kept(
    manager: Client, bare: RecallVersion
) -> None:
    files = [sent(FRONT), sent("k20-frint.jpg"), sent("drawing.svg", b"<svg/>")]
    response = manager.post(PAGE, {"pictures": files})
    assert response.status_code == 422
    shown = main_of(response)
    assert "k20-frint.jpg</strong> was not taken" in shown
    assert "drawing.svg</strong> was not taken" in shown
    assert missing_pictures(bare) == ()


def test_what_is_no_picture_is_refused_with_what_to_do(
    manager: Client, bare: RecallVersion
) -> None:
    response = manager.post(PAGE, {f"as-{FRONT}": sent("a.jpg", b"<svg onload='x'/>")})
    assert response.status_code == 422
    assert "Save it as PNG" in main_of(response)
    assert missing_pictures(bare) == (FRONT,)


def test_after_publication_a_new_draft_is_made_and_said(manager: Client, kettles: Desk) -> None:
    first = kettles.published()
    response = manager.post(
        PAGE, {f"as-{FRONT}": sent("new.jpg", picture(colour="#123456"))}, follow=True
    )
    assert "version 2 is a new draft" in main_of(response)
    second = newest_version(kettles.recall())
    assert second is not None
    assert picture_digests(second) != picture_digests(first)


def test_without_a_file_it_asks_for_one(manager: Client, bare: RecallVersion) -> None:
    assert "Choose a file first." in main_of(manager.post(PAGE, {"pictures": ""}))


def test_it_is_for_whoever_edits_recalls(client: Client, kettles: Desk) -> None:
    kettles.apply()
    sign_in(client, kettles.cast.viewer)
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {f"as-{FRONT}": sent(FRONT)}).status_code == 403


def test_an_unknown_recall_or_picture_is_not_found(manager: Client, bare: RecallVersion) -> None:
    assert manager.get("/desk/recalls/nothing/pictures/").status_code == 404
    assert manager.get(f"{PAGE}{'0' * 64}.jpg").status_code == 404


def test_the_forms_token_is_asked_for(kettles: Desk) -> None:
    kettles.apply(pictures=False)
    client = sign_in(Client(enforce_csrf_checks=True), kettles.cast.author)
    assert client.post(PAGE, {f"as-{FRONT}": sent(FRONT)}).status_code == 403
    assert kettles.cast.author.role == Role.RECALL_MANAGER
