"""Texts for networks: whole sentences, the hazard as it is, the link whole, within the length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.notices.social import GSM, NETWORKS, Network, counted, social_texts
from recalldesk.notices.writing import notice_of
from recalldesk.recalls.document.safe_words import safe_words_in
from recalldesk.recalls.lint.softeners import no_accidents_in, softeners_in
from recalldesk.recalls.lint.words import HARM, RECALL
from tests.notice.examples import NAMES, PAGE, kettle, notice

CASES = [(name, language) for name in NAMES for language in ("en", "es")]
SMS = next(network for network in NETWORKS if network.name == "SMS")


@pytest.mark.parametrize(("name", "language"), CASES)
def test_each_text_fits_and_is_as_the_linter_asks(name: str, language: str) -> None:
    for text in social_texts(notice(name, language), link=PAGE):
        if text.why_not:
            assert text.network == SMS
            continue
        assert counted(text.text, text.network) == text.length <= text.network.longest
        assert text.text.endswith(PAGE)
        assert RECALL[language].search(text.text)
        assert HARM[language].search(text.text)
        assert not softeners_in(language, text.text)
        assert not no_accidents_in(language, text.text)
        assert not safe_words_in(language, text.text)


def test_a1263_says_fire_everywhere() -> None:
    texts = {text.network.name: text.text for text in social_texts(notice(), link=PAGE)}
    assert texts["X"].startswith("Recall of Anker PowerCore 10000 power banks, model A1263: the")
    assert all("fire" in text for text in texts.values())
    assert "Unplug it." in texts["Mastodon"]
    assert notice().hazard in texts["X"]
    assert texts["SMS"].endswith(f"Check yours: {PAGE}")


def test_a_text_message_has_letters_of_its_own() -> None:
    texts = social_texts(notice(language="es"), link="https://a.example/")
    messages = [text.text for text in texts if text.network.plain_letters]
    assert all(set(message) <= GSM for message in messages)
    assert "bateria puede incendiarse" in messages[0]


def test_the_hazard_stands_whole_or_not_at_all() -> None:
    for name, language in CASES:
        told = notice(name, language)
        first = told.hazard.split(". ")[0]
        for text in social_texts(told, link=PAGE):
            if not text.network.plain_letters and first in text.text:
                assert told.hazard in text.text


def test_a_link_counts_as_the_network_counts_it() -> None:
    network = Network("X", 280, link_counts=23)
    assert counted(f"ab {PAGE}", network) == 26
    assert counted(f"ab {PAGE}", Network("Bluesky", 300)) == 3 + len(PAGE)


def test_where_nothing_fits_there_is_no_text_and_it_is_said_why() -> None:
    texts = social_texts(notice(), link="https://recall.example/" + "x" * 300)
    by_name = {text.network.name: text for text in texts}
    assert by_name["Bluesky"].text == ""
    assert "characters of 300" in by_name["Bluesky"].why_not
    assert by_name["X"].text.endswith("x" * 300)


def test_a_headline_without_its_harm_is_not_sent_alone() -> None:
    bare = notice_of(kettle(), "en")
    for text in social_texts(bare, link=PAGE):
        assert text.why_not or HARM["en"].search(text.text)


@given(st.integers(min_value=0, max_value=400))
def test_no_length_of_a_link_cuts_anything(extra: int) -> None:
    link = "https://r.example/" + "a" * extra
    for text in social_texts(notice(), link=link):
        assert text.text == "" or text.text.endswith(link)
        assert text.length <= text.network.longest
