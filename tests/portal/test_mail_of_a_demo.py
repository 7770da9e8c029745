"""A demo shows what it has sent to nobody; in production there is no such page."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.mailing.post import SECRET_LINK, TO, a_mail, a_text
from tests.mailing.ways import use
from tests.worked import run_jobs

pytestmark = pytest.mark.usefixtures("db", "index_folder")


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Path) -> Path:
    use(settings, "file:", tmp_path / "mail")
    settings.SMS, settings.SMS_FOLDER = "local", tmp_path / "sms"
    return tmp_path


def shown(path: str = "/en/demo/mail") -> str:
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.content.decode()


def test_before_anything_was_sent_it_says_so() -> None:
    assert "Nothing was sent yet." in shown()


def test_a_mail_and_a_text_message_are_shown_the_newest_first_with_their_links(
    folders: Path,
) -> None:
    a_mail(subject="First <b>of</b> all", language="es")
    run_jobs()
    (mail,) = (folders / "mail").iterdir()
    os.utime(mail, (1_000_000_000, 1_000_000_000))
    a_text()
    run_jobs()
    page = shown()
    assert page.index("Text message") < page.index("First &lt;b&gt;of&lt;/b&gt; all")
    assert page.count(f'href="{SECRET_LINK}"') == 2
    assert TO in page
    assert 'lang="es"' in page


def test_the_moment_is_written_as_on_every_page(folders: Path) -> None:
    a_mail()
    run_jobs()
    (mail,) = (folders / "mail").iterdir()
    os.utime(mail, (1_000_000_000, 1_000_000_000))
    assert "September 9, 2001, 1:46 AM UTC" in shown().replace("\u202f", " ")


def test_it_speaks_spanish() -> None:
    assert "Todavía no se ha enviado nada." in shown("/es/demo/mail")


def test_a_short_address_leads_to_it() -> None:
    answer = Client().get("/demo/mail", headers={"Accept-Language": "es"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/es/demo/mail")


def test_a_file_that_is_no_mail_is_passed_over(folders: Path) -> None:
    for name in ("mail/a.eml", "sms/b.json", "sms/c.json", "mail/.d.eml", "mail/e.txt"):
        (folders / name).parent.mkdir(exist_ok=True)
        (folders / name).write_bytes(b"\xff{}")
    (folders / "sms" / "c.json").write_text("[]")
    shown()


@pytest.mark.parametrize("path", ["/en/demo/mail", "/demo/mail"])
def test_in_production_there_is_no_such_page(settings: Any, path: str) -> None:
    a_mail()
    run_jobs()
    settings.IS_PRODUCTION = True
    answer = Client().get(path, follow=True)
    assert answer.status_code == 404
    assert SECRET_LINK not in answer.content.decode()


def test_it_is_looked_at_and_nothing_else() -> None:
    assert Client().post("/en/demo/mail").status_code in (403, 405)
