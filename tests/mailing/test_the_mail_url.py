"""RECALLDESK_EMAIL_URL: every form, and what is refused without quoting a password."""

from pathlib import Path

import pytest

from recalldesk.mailing.mail_url import FOLDER, SMTP, MailUrlUnreadable, mail_way

HOME = Path("home/mail")


@pytest.mark.parametrize(
    ("url", "host", "port", "user", "password", "tls", "ssl"),
    [
        ("smtp://127.0.0.1", "127.0.0.1", 25, "", "", False, False),
        ("smtp+tls://u:p@m.example", "m.example", 587, "u", "p", True, False),
        ("smtp+tls://u:p@m.example:2525/", "m.example", 2525, "u", "p", True, False),
        ("smtps://u%40f:p%2F%3A%23@m.example", "m.example", 465, "u@f", "p/:#", False, True),
        ("smtp://[::1]:26", "::1", 26, "", "", False, False),
    ],
)
def test_a_server(
    url: str, host: str, port: int, user: str, password: str, tls: bool, ssl: bool
) -> None:
    way = mail_way(url, folder=HOME)
    assert way.backend == SMTP
    assert dict(way.options) == {
        "host": host,
        "port": port,
        "username": user,
        "password": password,
        "use_tls": tls,
        "use_ssl": ssl,
        "timeout": 20,
    }


@pytest.mark.parametrize(
    ("url", "folder"), [("file:", HOME), ("file:/a%20b", Path("/a b")), ("file:///a", Path("/a"))]
)
def test_a_folder(url: str, folder: Path) -> None:
    way = mail_way(url, folder=HOME)
    assert (way.backend, way.options) == (FOLDER, {"folder": folder})


def test_a_provider_with_its_settings_as_anymail_names_them() -> None:
    way = mail_way("anymail+mailgun://?api_key=a%2Bb+c&sender_domain=mg.example", folder=HOME)
    assert way.backend == "anymail.backends.mailgun.EmailBackend"
    assert way.provider == "mailgun"
    assert way.anymail == {"MAILGUN_API_KEY": "a+b+c", "MAILGUN_SENDER_DOMAIN": "mg.example"}


@pytest.mark.parametrize(
    "url", ["anymail+amazon_ses:", "anymail+amazon-ses://", "anymail+amazon_ses://?"]
)
def test_a_provider_that_needs_no_settings(url: str) -> None:
    assert mail_way(url, folder=HOME).provider == "amazon_ses"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example",
        "http://s3cret@mail.example",
        "smtp://",
        "smtp://user:s3cret@",
        "smtp://user:s3cret@mail.example:0x1",
        "smtp://user:s3cret@mail.example:99999",
        "smtp://user:s3/cret@mail.example",
        "smtp://user:s3cret@mail.example?tls=1",
        "smtp://user:s3cret@[mail.example",
        "anymail+://?api_key=s3cret",
        "anymail+nobody://?api_key=s3cret",
        "anymail+..backends://?api_key=s3cret",
        "anymail+console://",
        "anymail+postmark://s3cret",
        "anymail+postmark://?s3cret",
        "anymail+postmark://?API-KEY=s3cret",
    ],
)
def test_what_cannot_be_read_is_refused_and_not_quoted(url: str) -> None:
    with pytest.raises(MailUrlUnreadable) as refused:
        mail_way(url, folder=HOME)
    assert "s3" not in str(refused.value)
    assert refused.value.hint


def test_what_was_read_is_not_shown_by_accident() -> None:
    way = mail_way("smtp://user:s3cret@mail.example", folder=HOME)
    other = mail_way("anymail+postmark://?server_token=s3cret", folder=HOME)
    assert "s3cret" not in f"{way!r} {other!r}"
