"""A notice names product, shop and day, and nobody; it says the same at every repeat."""

from datetime import date

import pytest

from recalldesk.accounts.errors import NotPermitted
from recalldesk.mailing.content import content_of
from recalldesk.mailing.models import Mailing
from recalldesk.outreach.actions import ask_to_be_told
from recalldesk.outreach.models import Answer, DirectNotice
from recalldesk.outreach.reads.waves import wave_shown
from recalldesk.outreach.states import AnswerKind, Way
from recalldesk.outreach.waves.actions import write_text
from recalldesk.outreach.waves.errors import NotKnownAsOurs, WaveRefused
from recalldesk.outreach.waves.said import said
from recalldesk.outreach.waves.testing import send_test
from recalldesk.purchasers.states import Channel, ContactKind, FileKind
from recalldesk.recalls.reads import document_of
from tests.outreach.told import PLACE, Told


def test_it_names_what_was_bought_where_and_when(told: Told) -> None:
    ana = told.buyer(email="ana@example.org")
    told.purchase(ana, units=2)
    told.purchase(ana, channel=Channel.GENERIC, ordered_on=date(2024, 7, 4))
    told.purchase(ana, kind=FileKind.REGISTRATIONS, ordered_on=date(2024, 8, 5))
    told.purchase(ana, channel=Channel.SHOPIFY, ordered_on=date(2024, 9, 6))
    words = said(told.notice(told.started(), ana))
    assert words.subject == "Safety recall: stop using your Tidewater Kettle K20"
    text = " ".join(words.text.split())
    for bought in (
        "Tidewater Kettle K20, bought at Amazon on June 1, 2024 (2 units)",
        "Tidewater Kettle K20, bought at Example Shop on July 4, 2024",
        "Tidewater Kettle K20, registered on August 5, 2024",
        "Tidewater Kettle K20, ordered on September 6, 2024",
    ):
        assert bought in text
    assert (words.sender, words.reply_to) == (
        "Tidewater <recall@example.com>",
        "recall-help@example.com",
    )


@pytest.mark.parametrize("way", Way)
def test_it_names_nobody_and_has_its_link(told: Told, way: Way) -> None:
    contacts = {"email": "ana@example.org", "phone": "+12025550111", "address": PLACE}
    ana = told.bought("Anastasia Madeup", **contacts)
    words = said(told.notice(told.started(*Way), ana, way))
    for personal in ("Anastasia", "Madeup", "ana@example.org", "2025550111", "12 Example Street"):
        assert personal not in words.subject + words.text + words.html
    assert "{" not in words.subject + words.text
    assert words.link not in " ".join(words.paragraphs) or way is Way.SMS
    assert (words.link in words.text) == (way is not Way.PHONE)


def test_it_says_the_same_with_the_same_link_at_every_repeat(told: Told) -> None:
    ana = told.bought(email="ana@example.org")
    notice = told.notice(told.started(), ana)
    assert vars(said(notice)) == vars(said(DirectNotice.objects.get(pk=notice.pk)))


def test_its_html_loads_nothing(told: Told) -> None:
    ana = told.bought(email="ana@example.org")
    html = said(told.notice(told.started(), ana)).html
    assert "<img" not in html
    assert "src=" not in html


def test_words_of_ones_own_are_sent_as_they_were_written(told: Told) -> None:
    ana = told.bought(email="ana@example.org")
    wave = told.draft()
    body = "Safety recall! Stop using your {product}.\n\n{hazard}\n\n{link}\n\nCall {phone}."
    by = told.cast.author
    write_text(wave, way=Way.EMAIL, language="en", subject="Safety recall", body=body, by=by)
    told.start(wave)
    text = said(told.notice(wave, ana)).text
    assert "Safety recall! Stop using your Tidewater Kettle K20." in text
    assert "Call 1-800-555-0142." in text


def test_whoever_has_the_unit_now_is_told_the_product_alone(told: Told) -> None:
    ana = told.bought(email="ana@example.org")
    notice = told.notice(told.sent(), ana)
    sold = Answer.objects.create(notice=notice, kind=AnswerKind.SOLD, units=1)
    later = DirectNotice.objects.create(
        wave=notice.wave,
        recall_id=notice.recall_id,
        passed_on_by=sold,
        kind=ContactKind.EMAIL,
        contact_digest=b"n" * 32,
        way=Way.EMAIL,
        language="en",
        units=1,
    )
    text = " ".join(said(later).text.split())
    assert "An earlier owner told us that you have it now: Tidewater Kettle K20." in text
    assert "Amazon" not in text
    assert "June" not in text


def test_a_test_goes_in_each_language_and_is_no_notice(told: Told) -> None:
    wave = told.draft(Way.EMAIL, Way.SMS)
    by = told.cast.author
    mails = send_test(wave, to="Author@desk.example", by=by)
    assert [each.language for each in mails] == ["en", "es"]
    assert content_of(mails[0]).subject.startswith("TEST Safety recall")
    assert wave_shown(told.recall, wave.number, by=by).is_tested
    assert not DirectNotice.objects.exists()
    write_text(wave, way=Way.EMAIL, language="en", subject="Safety recall", body="Else", by=by)
    assert not wave_shown(told.recall, wave.number, by=by).is_tested


def test_a_test_goes_to_nobody_but_the_firm(told: Told) -> None:
    told.bought(email="ana@example.org", phone="+1 202 555 0111")
    wave, by = told.draft(Way.EMAIL, Way.SMS), told.cast.author
    brand = document_of(told.version).brands[0]
    for way, to in ((Way.EMAIL, brand.email), (Way.SMS, brand.phone)):
        assert send_test(wave, way=way, to=to, by=by), "the recall names it"
    before = Mailing.objects.count()
    for way, to in ((Way.EMAIL, "ANA@example.org"), (Way.SMS, "+12025550111")):
        with pytest.raises(WaveRefused, match="A purchaser has this contact"):
            send_test(wave, way=way, to=to, by=by, is_ours=True)
    with pytest.raises(NotKnownAsOurs):
        send_test(wave, to="agency@example.com", by=by)
    assert Mailing.objects.count() == before
    assert send_test(wave, to="agency@example.com", by=by, is_ours=True)


@pytest.mark.parametrize(
    ("way", "asked", "to"),
    [
        (Way.EMAIL, "Wil@example.org", "wil@EXAMPLE.org"),
        (Way.SMS, "202-555-0123", "+1 202 555 0123"),
        (Way.SMS, "+1 202 555 0123", "+12025550123"),
    ],
)
def test_a_test_goes_to_nobody_who_asked_to_be_told(
    told: Told, way: Way, asked: str, to: str
) -> None:
    ask_to_be_told(recall_slugs=[told.slug], contact=asked, serial="TWK20240000", language="en")
    wave = told.draft(Way.EMAIL, Way.SMS)
    with pytest.raises(WaveRefused, match="somebody who asked to be told"):
        send_test(wave, way=way, to=to, by=told.cast.author, is_ours=True)


@pytest.mark.parametrize(
    ("way", "to"),
    [(Way.EMAIL, "nobody"), (Way.SMS, "2025550100"), (Way.LETTER, "a@example.org")],
)
def test_a_test_that_reaches_nobody_is_refused(told: Told, way: Way, to: str) -> None:
    wave = told.draft(Way.EMAIL, Way.SMS, Way.LETTER)
    with pytest.raises(WaveRefused):
        send_test(wave, to=to, way=way, by=told.cast.author)
    with pytest.raises(NotPermitted):
        send_test(wave, to="viewer@desk.example", by=told.cast.viewer)
    assert not Mailing.objects.exists()
