"""Every page of the desk bears the strict headers and holds no script or style of its own."""

from html.parser import HTMLParser

import pytest
from django.http import HttpResponse
from django.test import Client

from recalldesk.accounts.permissions import Role
from tests.architecture.addresses import Address, every_address
from tests.at_the_desk import sign_in, staff, with_app
from tests.contracts.security import holds_nothing_inline, is_guarded
from tests.contracts.wsgi import Response

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder", "quick_passwords")]
ADDRESSES = [each for each in every_address() if each.is_the_desks]


def as_sent(answer: HttpResponse) -> Response:
    """The answer as the security suite reads one, but for the cookies of the desk."""
    return Response(answer.status_code, tuple(answer.headers.items()), answer.content)


class Labels(HTMLParser):
    """What a page says of its language, and how many first headings it has."""

    def __init__(self) -> None:
        super().__init__()
        self.language, self.first_headings = "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "html":
            self.language = dict(attrs).get("lang") or ""
        self.first_headings += tag == "h1"


@pytest.mark.parametrize("who", ["nobody", "an administrator"])
@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_every_answer_is_guarded_and_kept_by_nobody(address: Address, who: str) -> None:
    person = with_app(staff(Role.ADMINISTRATOR))
    for method in ("get", "post", "put", "options"):
        client = Client() if who == "nobody" else sign_in(Client(), person)
        answer = getattr(client, method)(address.path, headers={"Accept-Encoding": "gzip"})
        assert answer.status_code < 500, method
        _is_sound(answer)


def _is_sound(answer: HttpResponse) -> None:
    sent = as_sent(answer)
    is_guarded(sent)
    assert sent["Cache-Control"] == "no-store"
    assert "ETag" not in answer
    assert "Content-Encoding" not in answer
    holds_nothing_inline(sent)
    if sent.body and "html" in answer.get("Content-Type", ""):
        page = Labels()
        page.feed(sent.body.decode())
        assert (page.language, page.first_headings) == ("en", 1)


@pytest.mark.parametrize("path", ["/desk/nothing", "/desk/staff/99999999999999999999/"])
def test_what_is_not_there_is_said_in_the_desks_own_frame(client: Client, path: str) -> None:
    sign_in(client, staff(Role.ADMINISTRATOR))
    answer = client.get(path)
    assert answer.status_code == 404
    is_guarded(as_sent(answer))
    assert "There is no such page" in answer.content.decode()
    assert "console.css" in answer.content.decode()


def test_the_language_of_the_browser_changes_nothing(client: Client) -> None:
    answer = client.get("/desk/sign-in/", headers={"Accept-Language": "es"})
    assert "Sign in to the desk" in answer.content.decode()
    posted = client.post(
        "/desk/sign-in/", {"login": "x"}, headers={"Accept-Language": "es"}
    ).content.decode()
    assert "This field is required." in posted
