"""What the desk writes to owners: in their language, with the next day, and naming nobody."""

import pytest
from pytest_django import Settings

from recalldesk.claims.access import mail_fresh_code, new_link
from recalldesk.claims.erasing import erase_filing, remind_drafts
from recalldesk.claims.following import appeal, mend_details, withdraw_filing
from recalldesk.claims.letters import mail_message, mail_stage
from recalldesk.claims.models import Filing
from recalldesk.claims.states import ClaimState, FreshFor
from recalldesk.claims.submitting import submit_filing
from recalldesk.foundation import clock
from recalldesk.mailing.content import content_of
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Channel
from tests.cast import AFFECTED
from tests.claims.owner import (
    ACCOUNT,
    MONEY,
    OLGA,
    STREET,
    Owner,
    again,
    claim_of,
    fresh_pass,
    letters_of,
    moved,
    the_recall,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
BY_PHONE = Owner("Olga Quispe-Made-Up", "", "+12025550143")
STAGES = [state for state in ClaimState if state is not ClaimState.DRAFT]


def all_letters_to(owner: Owner) -> list[str]:
    """Everything that is ever written, as it leaves."""
    draft = owner.drafts()
    Filing.objects.filter(pk=draft.pk).update(touched_at=clock.now().replace(year=2020))
    remind_drafts()
    filing = submit_filing(filing_id=draft.pk)
    owner.files()
    mail_fresh_code(filing=filing, purpose=FreshFor.ADDRESS)
    mend_details(opened=fresh_pass(filing), address=STREET)
    mail_message(filing=filing, token=new_link(filing=filing))
    claim = claim_of(filing)
    for state in STAGES:
        claim.state = state
        mail_stage(claim=claim, token=new_link(filing=filing))
    moved(claim_of(filing), ClaimState.DECLINED)
    appeal(filing_id=filing.pk, text="Please.", nonce="n1")
    withdraw_filing(filing_id=filing.pk)
    contents = [content_of(row) for row in Mailing.objects.all()]
    erase_filing(opened=fresh_pass(filing))
    contents.append(content_of(Mailing.objects.latest("pk")))
    return ["\n".join((each.subject, each.text, each.html)) for each in contents]


@pytest.mark.parametrize("owner", [OLGA, BY_PHONE])
def test_none_holds_a_name_a_serial_an_address_or_a_code_of_the_unit(owner: Owner) -> None:
    letters = all_letters_to(owner)
    assert len(letters) > 12
    code = claim_of(Filing.objects.earliest("pk")).marking_code
    told = (*owner.name.split(), owner.email, owner.phone, AFFECTED, code, *STREET.values())
    for letter in letters:
        assert [one for one in told if one and one.casefold() in letter.casefold()] == []


@pytest.mark.parametrize("owner", [OLGA, BY_PHONE])
def test_each_names_the_reference_also_of_what_is_not_sent_yet(owner: Owner) -> None:
    draft = owner.drafts()
    Filing.objects.filter(pk=draft.pk).update(touched_at=clock.now().replace(year=2020))
    remind_drafts()
    mail_fresh_code(filing=again(draft), purpose=FreshFor.ADDRESS)
    letters = letters_of(draft)
    assert len(letters) == 3
    for _, _, subject, text in letters:
        assert draft.reference in subject + text


def test_nor_an_account() -> None:
    filing = OLGA.files(remedy=MONEY)
    text = "\n".join(letters_of(filing)[-1])
    assert [one for one in ACCOUNT.values() if one in text] == []


def test_whoever_gave_a_phone_only_gets_text_messages_and_others_mail() -> None:
    by_phone, by_both = BY_PHONE.files(), Owner("O", OLGA.email, "+12025550144").files()
    channels = {
        filing.pk: set(
            Mailing.objects.filter(filing_id=filing.pk).values_list("channel", flat=True)
        )
        for filing in (by_phone, by_both)
    }
    assert channels == {by_phone.pk: {Channel.SMS}, by_both.pk: {Channel.EMAIL}}


def test_where_no_text_messages_are_sent_none_is_said_to_have_failed(settings: Settings) -> None:
    settings.SMS = "none"
    filing = BY_PHONE.files()
    assert not Mailing.objects.filter(filing_id=filing.pk).exists()
    assert again(filing).unreached_since is None


def test_letters_are_in_the_language_of_the_filing_whoever_causes_them() -> None:
    filing = OLGA.files()
    Filing.objects.filter(pk=filing.pk).update(language="es")
    withdraw_filing(filing_id=filing.pk)
    (_, _, subject, text) = letters_of(filing)[-1]
    assert subject == f"Novedades de su reclamación {filing.reference}"
    assert "Ha retirado su reclamación." in text
    assert "/es/claims/link/" in text


def test_where_a_stage_has_no_words_nothing_is_written() -> None:
    filing = OLGA.files()
    before = Mailing.objects.count()
    mail_stage(claim=claim_of(filing), token=new_link(filing=again(filing)))
    assert Mailing.objects.count() == before


def test_the_letter_says_how_to_keep_the_product() -> None:
    filing = OLGA.files()
    (keep,) = the_recall().document.texts.keep
    assert f"- {keep['en']}" in letters_of(filing)[-1][3]
