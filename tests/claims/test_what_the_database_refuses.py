"""What the database itself refuses of claims, whoever asks, by raw statements."""

import pytest
from django.db import Error, connection, transaction

from recalldesk.claims.messages import write_message
from recalldesk.claims.models import AgreedText, Agreement, Claim, Filing, Message
from tests.cast import SERIALS
from tests.claims.owner import OLGA, PAVEL

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]

FILED = "(SELECT id FROM claims_filing WHERE state = 'filed' ORDER BY id LIMIT 1)"
ERASED = (
    "UPDATE claims_filing SET state = 'erased', erased_at = now(), sealed_name = '',"
    " sealed_email = '', email_digest = '', sealed_phone = '', phone_digest = '',"
    " sealed_address = '', sealed_payee = ''"
)
STATEMENTS = {
    "a second claim that holds the same unit": "UPDATE claims_claim SET holds_unit = true",
    "a unit held without a serial": "UPDATE claims_claim SET unit_digest = '' WHERE holds_unit",
    "a draft that holds a unit": "UPDATE claims_claim SET holds_unit = true WHERE state = 'draft'",
    "a filing deleted": f"DELETE FROM claims_filing WHERE id = {FILED}",
    "a claim deleted": f"DELETE FROM claims_claim WHERE filing_id = {FILED}",
    "a claim moved to another filing": "UPDATE claims_claim SET filing_id ="
    f" (SELECT max(id) FROM claims_filing) WHERE filing_id = {FILED}",
    "two claims at one place": "INSERT INTO claims_claim SELECT * FROM claims_claim",
    "a filing made a draft again": f"UPDATE claims_filing SET state = 'draft' WHERE id = {FILED}",
    "a filing filed at another time": "UPDATE claims_filing SET filed_at = now()"
    f" - interval '1 day' WHERE id = {FILED}",
    "a filing that was never filed": f"UPDATE claims_filing SET filed_at = NULL WHERE id = {FILED}",
    "a filing of another reference": "UPDATE claims_filing SET reference = 'R-AAAA-AAAA'"
    f" WHERE id = {FILED}",
    "a filing of another key": f"UPDATE claims_filing SET key = 'k' WHERE id = {FILED}",
    "a filing filed without a time": "UPDATE claims_filing SET state = 'filed'"
    " WHERE state = 'draft'",
    "an erased filing that names somebody": "UPDATE claims_filing SET state = 'erased',"
    f" erased_at = now() WHERE id = {FILED}",
    "an agreed text reworded": "UPDATE claims_agreedtext SET text = 'otherwise'",
    "an agreed text deleted": "DELETE FROM claims_agreedtext",
    "an agreement of another time": "UPDATE claims_agreement SET at = now()",
    "an agreement taken back": "DELETE FROM claims_agreement",
    "a message deleted": "DELETE FROM claims_message",
    "the same text twice": "INSERT INTO claims_agreedtext (kind, language, digest, text,"
    " first_shown_at) SELECT kind, language, digest, text, now() FROM claims_agreedtext",
    "all claims swept away": "TRUNCATE claims_claim CASCADE",
    "all filings swept away": "TRUNCATE claims_filing CASCADE",
    "all messages swept away": "TRUNCATE claims_message CASCADE",
}


def rows() -> list[object]:
    models = (Filing, Claim, AgreedText, Agreement, Message)
    return [list(model.objects.order_by("pk").values_list()) for model in models]


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_it_is_refused(statement: str) -> None:
    filing = OLGA.files()
    PAVEL.files()
    OLGA.drafts(SERIALS[1])
    write_message(filing_id=filing.pk, text="Hello", nonce="n1")
    before = rows()
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert rows() == before


def test_an_erased_filing_is_never_filed_again() -> None:
    OLGA.files()
    with connection.cursor() as cursor:
        cursor.execute(ERASED)
        with pytest.raises(Error), transaction.atomic():
            cursor.execute("UPDATE claims_filing SET state = 'filed'")


def test_a_draft_can_be_deleted_whole() -> None:
    OLGA.drafts().delete()
    assert not Claim.objects.exists()
