"""A provider tells what became of a mail: forged, repeated and disordered news end well."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import MailingState
from tests.mailing.post import a_mail
from tests.mailing.ways import use
from tests.provider_server import provider_server
from tests.worked import run_jobs, waiting

pytestmark = pytest.mark.usefixtures("db", "index_folder")
SECRET = "postmark:made-up-0123456789-abcdefghij"
ADDRESS = "/webhooks/mail/postmark/"
News = dict[str, Any]


@pytest.fixture
def mailing(settings: Any, tmp_path: Path) -> Mailing:
    """A mail that the provider took."""
    settings.ANYMAIL = settings.ANYMAIL | {"WEBHOOK_SECRET": SECRET}
    with provider_server() as (url, _):
        use(settings, url, tmp_path)
        made = a_mail(filing_id=7)
        run_jobs()
    made.refresh_from_db()
    assert made.state == MailingState.SENT
    return made


def header(secret: str = SECRET) -> dict[str, str]:
    return {"Authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"}


def news(mailing: Mailing, kind: str, **changes: Any) -> News:
    found: News = {
        "RecordType": kind,
        "MessageID": mailing.provider_id,
        "Metadata": {"mailing": mailing.random_id.hex},
        "Email": "olga@home.example",
        "Recipient": "olga@home.example",
        "DeliveredAt": "2026-11-26T00:00:00Z",
        "BouncedAt": "2026-11-26T00:00:00Z",
        "Type": {"Bounce": "HardBounce", "SpamComplaint": "SpamComplaint"}.get(kind, ""),
        "ID": 1,
    }
    return found | changes


def tell(sent: Any, secret: str = SECRET, address: str = ADDRESS) -> int:
    body = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
    answer = Client().post(address, body, content_type="application/json", headers=header(secret))
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.status_code


def moves(mailing: Mailing) -> list[str]:
    rows = StateChange.objects.filter(subject=Subject.MAILING, subject_id=mailing.pk)
    return list(rows.order_by("pk").values_list("to_state", flat=True))


def test_a_mail_that_came_back_is_known_and_a_person_is_told(mailing: Mailing) -> None:
    assert tell(news(mailing, "Bounce")) == 200
    mailing.refresh_from_db()
    assert mailing.state == MailingState.BOUNCED
    assert [job.args for job in waiting("claims.mail_failed")] == [{"mailing_id": mailing.pk}]


def test_the_same_news_twice_is_news_once(mailing: Mailing) -> None:
    for kind in ("Delivery", "Delivery", "SpamComplaint", "SpamComplaint", "Bounce", "Bounce"):
        assert tell(news(mailing, kind)) == 200
    assert moves(mailing) == ["queued", "sent", "delivered", "complained", "bounced"]
    assert len(waiting("claims.mail_failed")) == 1


def test_a_mail_that_came_back_stays_so_whatever_is_told_later(mailing: Mailing) -> None:
    for kind in ("Bounce", "Delivery", "SpamComplaint"):
        assert tell(news(mailing, kind)) == 200
    mailing.refresh_from_db()
    assert (mailing.state, mailing.delivered_at) == (MailingState.BOUNCED, None)


def test_delivered_and_complained_of_are_no_failures(mailing: Mailing) -> None:
    for kind in ("Delivery", "SpamComplaint"):
        tell(news(mailing, kind))
    mailing.refresh_from_db()
    assert mailing.state == MailingState.SENT
    assert mailing.delivered_at is not None
    assert mailing.complained_at is not None
    assert waiting("claims.mail_failed") == []


def test_news_come_before_our_own_commit_when_a_worker_was_killed(mailing: Mailing) -> None:
    early = a_mail(filing_id=8)
    assert tell(news(early, "Bounce", MessageID="never-seen")) == 200
    early.refresh_from_db()
    assert early.state == MailingState.BOUNCED
    assert run_jobs(tasks=["mailing.send"]) == ["mailing.send"]
    early.refresh_from_db()
    assert (early.state, early.attempts) == (MailingState.BOUNCED, 0)


def test_it_is_found_by_the_providers_name_alone(mailing: Mailing) -> None:
    assert tell(news(mailing, "Bounce", Metadata={})) == 200
    mailing.refresh_from_db()
    assert mailing.state == MailingState.BOUNCED


def test_it_is_found_by_our_own_message_id(mailing: Mailing) -> None:
    name = f"<{mailing.random_id.hex}@recall.example>"
    assert tell(news(mailing, "Bounce", Metadata={}, MessageID=name)) == 200
    mailing.refresh_from_db()
    assert mailing.state == MailingState.BOUNCED


@pytest.mark.parametrize("secret", ["", "postmark:", "postmark:wrong", SECRET + "x", "ü:ü"])
def test_whoever_does_not_know_the_secret_changes_nothing(mailing: Mailing, secret: str) -> None:
    assert tell(news(mailing, "Bounce"), secret) == 401
    assert Client().post(ADDRESS).status_code == 401
    assert moves(mailing) == ["queued", "sent"]


@pytest.mark.parametrize(
    "changes",
    [
        {"MessageID": "another", "Metadata": {}},
        {"MessageID": "", "Metadata": {}},
        {"MessageID": "x" * 10_000, "Metadata": {}},
        {"MessageID": "\0", "Metadata": {"mailing": "0" * 32}},
        {"MessageID": None, "Metadata": None},
        {"MessageID": 17, "Metadata": {"mailing": ["made", "up"]}},
        {"MessageID": "another", "Metadata": {"mailing": "../../etc"}},
    ],
    ids=range(7),
)
def test_news_of_what_is_not_ours_change_nothing(mailing: Mailing, changes: News) -> None:
    assert tell(news(mailing, "Bounce", **changes)) in (200, 400)
    assert moves(mailing) == ["queued", "sent"]


@pytest.mark.parametrize("kind", ["Open", "Click", "SubscriptionChange", "Unheard", ""])
def test_news_that_do_not_matter_change_nothing(mailing: Mailing, kind: str) -> None:
    assert tell(news(mailing, kind)) == 200
    assert moves(mailing) == ["queued", "sent"]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"17", b'"a"', b"\xff\xfe", b'{"RecordType":[]}']
)
def test_what_cannot_be_read_is_refused(mailing: Mailing, body: bytes) -> None:
    assert tell(body) in (200, 400)
    assert moves(mailing) == ["queued", "sent"]


def test_only_the_provider_of_the_settings_is_listened_to(mailing: Mailing) -> None:
    for name in ("mailgun", "sendgrid", "base", "nobody"):
        assert Client().post(f"/webhooks/mail/{name}/", headers=header()).status_code == 404
    assert Client().get(ADDRESS, headers=header()).status_code == 405
    assert Client().head(ADDRESS, headers=header()).status_code == 200


def test_a_large_message_is_taken_with_the_secret_only(mailing: Mailing) -> None:
    large = news(mailing, "Bounce", Description="x" * 300_000)
    assert tell(large) == 200
    mailing.refresh_from_db()
    assert mailing.state == MailingState.BOUNCED
    assert Client().post(ADDRESS, b"x" * 300_000, content_type="application/json").status_code in (
        401,
        413,
    )
    assert tell(b"x" * 2_000_000) in (400, 413)
