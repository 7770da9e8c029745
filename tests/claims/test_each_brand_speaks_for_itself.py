"""Two firms' recalls on one installation: an owner meets the brand that they know, and no other."""

import re

import pytest
from django.core.mail import EmailMessage
from pytest_django import Settings

from recalldesk.claims.access import mail_fresh_code, new_link
from recalldesk.claims.brands import brand_named, brand_of, site_of
from recalldesk.claims.desk.templates import Template, filled_template
from recalldesk.claims.drafting import open_filing
from recalldesk.claims.letters import mail_filed, mail_message
from recalldesk.claims.models import Filing
from recalldesk.claims.states import FreshFor
from recalldesk.claims.submitting import submit_filing
from recalldesk.mailing.content import content_of
from recalldesk.mailing.models import Mailing
from tests.cast import Desk
from tests.claims.owner import KETTLE, OLGA, Owner, again, text_with_all_remedies, the_recall
from tests.notice.examples import TWO_BRANDS, document_of
from tests.two_brands import (
    HARBOUR_SLUG,
    HARBOURS,
    HARBOURS_SERIALS,
    TIDEWATERS,
    harbours_text,
)
from tests.worked import run_jobs

pytestmark = pytest.mark.django_db
BY_PHONE = Owner("Olga Quispe-Made-Up", "", "+12025550143")
Outbox = list[EmailMessage]


@pytest.fixture
def both(kettles: Desk, settings: Settings) -> Desk:
    """Tidewater's recall and Harbour's, live, in production, where each brand has its host."""
    kettles.published(text_with_all_remedies())
    theirs = text_with_all_remedies().replace("kettle-k20", HARBOUR_SLUG)
    kettles.published(harbours_text(theirs), HARBOURS_SERIALS)
    settings.IS_PRODUCTION = True
    settings.ALLOWED_HOSTS = ["desk.tidewater.example"]
    return kettles


def files_with(slug: str, brand: str, serial: str, owner: Owner = OLGA) -> Filing:
    filing = open_filing(live=the_recall(slug), brand=brand, language="en", serial=serial)[0]
    return submit_filing(filing_id=owner.fills(filing, remedy=KETTLE).pk)


def harbours_claim(owner: Owner = OLGA) -> Filing:
    return files_with(HARBOUR_SLUG, "harbour", HARBOURS_SERIALS[0], owner)


def goes_live(desk: Desk, text: str, settings: Settings) -> None:
    """The next version; what is made up is published outside production only."""
    settings.IS_PRODUCTION = False
    desk.publish(desk.approve(desk.apply(text)))
    settings.IS_PRODUCTION = True


def write_all_kinds(filing: Filing) -> None:
    mail_filed(filing=filing, token=new_link(filing=filing), by=None)
    mail_message(filing=filing, token=new_link(filing=filing))
    mail_fresh_code(filing=again(filing), purpose=FreshFor.ADDRESS)


@pytest.mark.parametrize(
    ("slug", "brand", "serial", "host", "foreign"),
    [
        ("kettle-k20", "tidewater", "TW24013337", "recall.tidewater.example", HARBOURS),
        (HARBOUR_SLUG, "harbour", HARBOURS_SERIALS[0], "recall.harbour.example", TIDEWATERS),
    ],
)
def test_every_letter_has_the_brands_sender_phone_and_host_and_nothing_of_the_other(
    both: Desk,
    mailoutbox: Outbox,
    slug: str,
    brand: str,
    serial: str,
    host: str,
    foreign: tuple[str, ...],
) -> None:
    write_all_kinds(files_with(slug, brand, serial))
    run_jobs()
    assert len(mailoutbox) >= 3
    own = the_recall(slug).document.brands[0]
    for sent in mailoutbox:
        whole = sent.message().as_string() + str(sent.body)
        assert [each for each in foreign if each in whole.replace(OLGA.email, "")] == []
        assert own.sender in sent.from_email
        assert sent.reply_to == [own.email]
        assert own.phone_shown in str(sent.body)
        assert set(re.findall(r"https://([^/\s]+)", str(sent.body))) <= {host}
    assert any(f"https://{host}/en/claims/link/" in str(sent.body) for sent in mailoutbox)


def test_a_text_message_begins_with_the_brand_and_links_to_its_host(both: Desk) -> None:
    filing = harbours_claim(BY_PHONE)
    write_all_kinds(filing)
    texts = [content_of(row).text for row in Mailing.objects.filter(filing_id=filing.pk)]
    assert len(texts) >= 3
    assert all(text.startswith("Harbour: ") for text in texts)
    assert not [each for text in texts for each in TIDEWATERS if each in text]
    assert any("https://recall.harbour.example/en/claims/link/" in text for text in texts)


def test_where_the_address_of_the_desk_or_of_others_is_set_a_brand_keeps_its_own_host(
    both: Desk, settings: Settings
) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(
        update={"public_address": "https://desk.tidewater.example:8443"}
    )
    brand = brand_of(harbours_claim())
    assert site_of(brand) == "https://recall.harbour.example"
    without = brand.model_copy(update={"hosts": ()})
    assert site_of(without) == "https://desk.tidewater.example:8443"


def test_the_port_of_the_public_address_is_kept_where_the_host_is_the_brands(
    both: Desk, settings: Settings
) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(
        update={"public_address": "https://recall.harbour.example:8443"}
    )
    assert site_of(brand_of(harbours_claim())) == "https://recall.harbour.example:8443"


def test_an_owner_is_told_todays_telephone_also_of_a_claim_under_an_older_version(
    both: Desk, settings: Settings
) -> None:
    filing = harbours_claim()
    text = harbours_text(text_with_all_remedies().replace("kettle-k20", HARBOUR_SLUG))
    changed = text.replace("555-0142", "555-0199").replace("5550142", "5550199")
    goes_live(both, changed, settings)
    filing = again(filing)
    assert brand_of(filing).phone_shown == "1-888-555-0199"
    assert "1-888-555-0199" in filled_template(Template.CALL, filing)


def test_a_brand_that_the_recall_has_no_more_still_speaks_for_its_owners(
    both: Desk, mailoutbox: Outbox, settings: Settings
) -> None:
    filing = harbours_claim()
    text = harbours_text(text_with_all_remedies().replace("kettle-k20", HARBOUR_SLUG))
    renamed = text.replace('key = "harbour"', 'key = "lighthouse"').replace(
        "recall@harbour.example", "recall@lighthouse.example"
    )
    goes_live(both, renamed, settings)
    mail_message(filing=again(filing), token=new_link(filing=again(filing)))
    run_jobs()
    assert "recall@harbour.example" in mailoutbox[-1].from_email


def test_a_claim_is_of_the_brand_whose_product_it_is_wherever_it_was_begun() -> None:
    """As of an owner of one brand who came by the other's check."""
    document = document_of(TWO_BRANDS)
    assert brand_named(document, [], "soundcore") == "soundcore"
    assert brand_named(document, ["a3302011"], "soundcore") == "powerconf"
    assert brand_named(document, ["a3302011", "a3302031"], "soundcore") == "powerconf"
    assert brand_named(document, ["a3302011", "a3102016"], "soundcore") == "soundcore"
