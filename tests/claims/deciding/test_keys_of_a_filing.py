"""Keys follow what a filing says: written when it is sent, mended with it, erased with it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection

from recalldesk.claims.deciding.sharing import SHARING, filings_sharing
from recalldesk.claims.erasing import erase_filing
from recalldesk.claims.filing_keys import (
    NETWORK_KEPT,
    keep_keys,
    keep_keys_current,
    key_digest,
    keys_of,
)
from recalldesk.claims.following import mend_details, withdraw_filing
from recalldesk.claims.jobs import forget_networks as forget_networks_job
from recalldesk.claims.jobs import keep_keys as keep_keys_job
from recalldesk.claims.models import Filing, FilingKey
from recalldesk.claims.states import KeyKind
from recalldesk.evidence.models import Photo
from recalldesk.foundation import clock
from recalldesk.foundation.normal_forms import FORMS_VERSION
from tests.cast import SERIALS
from tests.claims.deciding.filed import owner, sent
from tests.claims.owner import KETTLE, MONEY, OLGA, STREET, again, fresh_pass

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
NETWORK = "203.0.113.9"


def kinds_of(filing_id: int) -> list[str]:
    return [kind.name for kind, _ in keys_of(filing_id)]


def test_a_draft_has_no_keys_and_what_was_sent_has_those_of_what_it_says() -> None:
    assert keys_of(OLGA.drafts().pk) == []
    parcel = sent(owner(1), SERIALS[0], remedy=KETTLE, network=NETWORK)
    words = ["NAME_WORD"] * 2
    assert kinds_of(parcel.pk) == [*words, "EMAIL", "ADDRESS", "HOUSE", "NETWORK"]
    refund = sent(owner(2, phone="+12025550143"), SERIALS[1], remedy=MONEY)
    assert kinds_of(refund.pk) == [*words, "EMAIL", "PHONE", "PAYEE"]
    assert set(FilingKey.objects.filter(filing=parcel).values_list("at", flat=True)) == {
        parcel.filed_at
    }


def test_a_key_is_found_by_whoever_has_its_form_and_by_nobody_else() -> None:
    filing = sent(owner(1, email="O.l.ga+kettle@gmail.com"))
    digest = key_digest(KeyKind.EMAIL, "olga@gmail.com")
    assert FilingKey.objects.get(digest=digest, kind=KeyKind.EMAIL).filing_id == filing.pk
    assert key_digest(KeyKind.NAME_WORD, "olga@gmail.com") != digest


def test_a_mended_address_has_another_key_and_the_old_one_is_gone() -> None:
    filing = OLGA.files(remedy=KETTLE)
    before, count = dict(keys_of(filing.pk)), len(keys_of(filing.pk))
    other = STREET | {"street_address": "78 Madeup Lane"}
    mend_details(opened=fresh_pass(filing), address=other)
    after = dict(keys_of(filing.pk))
    assert before[KeyKind.ADDRESS] != after[KeyKind.ADDRESS]
    assert before[KeyKind.EMAIL] == after[KeyKind.EMAIL]
    assert len(keys_of(filing.pk)) == count


def test_keeping_them_again_changes_nothing_and_keeps_the_network() -> None:
    filing = sent(network=NETWORK)
    rows = sorted(FilingKey.objects.values_list("pk", "kind"))
    keep_keys(again(filing))
    assert sorted(FilingKey.objects.values_list("pk", "kind")) == rows


def test_what_is_erased_is_found_by_no_key() -> None:
    filing = OLGA.files()
    withdraw_filing(filing_id=filing.pk)
    erase_filing(opened=fresh_pass(filing))
    assert keys_of(filing.pk) == []
    keep_keys_job(0)
    assert keys_of(filing.pk) == []


def test_filings_from_before_there_were_keys_get_theirs_once() -> None:
    filing = OLGA.files()
    kept = keys_of(filing.pk)
    FilingKey.objects.all().delete()
    Filing.objects.update(keys_version=0)
    assert (keep_keys_current(), keep_keys_current()) == (1, 0)
    assert keys_of(filing.pk) == kept


def test_keys_of_an_older_form_are_made_anew_and_that_of_the_network_stays() -> None:
    filing = sent(owner(1), SERIALS[0], remedy=KETTLE, network=NETWORK)
    kept = keys_of(filing.pk)
    older = key_digest(KeyKind.ADDRESS, "as it was written before")
    FilingKey.objects.filter(kind=KeyKind.ADDRESS).update(digest=older)
    keep_keys_job(0)
    assert (KeyKind.ADDRESS, older) in keys_of(filing.pk)
    Filing.objects.update(keys_version=FORMS_VERSION - 1)
    keep_keys_job(0)
    assert keys_of(filing.pk) == kept
    assert again(filing).keys_version == FORMS_VERSION


def test_a_draft_gets_no_keys_by_the_job() -> None:
    draft = OLGA.drafts()
    keep_keys_job(0)
    assert keys_of(draft.pk) == []


def test_from_where_a_filing_came_is_forgotten_after_a_week() -> None:
    filing = sent(network=NETWORK)
    forget_networks_job(0)
    assert "NETWORK" in kinds_of(filing.pk)
    with time_machine.travel(clock.now() + NETWORK_KEPT, tick=False):
        forget_networks_job(0)
    assert "NETWORK" not in kinds_of(filing.pk)


def test_a_network_is_shared_within_an_hour_only() -> None:
    first = sent(owner(1), SERIALS[0], network=NETWORK)
    FilingKey.objects.filter(filing=first).update(at=clock.now() - timedelta(minutes=61))
    second = sent(owner(2), SERIALS[1], network=NETWORK)
    assert filings_sharing(again(second))[KeyKind.NETWORK] == {second.pk}


def plan_of(statement: str, asked: object) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + statement, asked)  # type: ignore[arg-type]
        return "\n".join(line for (line,) in cursor.fetchall())


def test_keys_are_looked_up_by_their_index() -> None:
    now = clock.now()
    asked = {
        "kinds": [2, 4],
        "digests": [b"a" * 32, b"b" * 32],
        "recall": 1,
        "network": 7,
        "since": now,
        "until": now,
        "most": 10,
    }
    plan = plan_of(SHARING, asked)
    assert "filings_by_key" in plan
    assert "Seq Scan" not in plan


@pytest.mark.parametrize(
    ("field", "index"),
    [
        ("original_digest", "photos_of_the_same_bytes"),
        ("picture_digest", "photos_of_the_same_picture"),
    ],
)
def test_the_same_photo_is_looked_up_by_an_index(field: str, index: str) -> None:
    rows = Photo.objects.filter(**{field: b"a" * 32}).values_list("pk")
    statement, asked = rows.query.sql_with_params()
    assert index in plan_of(statement, asked)
