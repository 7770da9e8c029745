"""What is amiss with the words of a wave is found before anybody is asked to approve it."""

from itertools import product

import pytest

from recalldesk.outreach.audience.asked import Audience
from recalldesk.outreach.models import Wave
from recalldesk.outreach.states import WaveKind, Way
from recalldesk.outreach.waves.actions import ask_for_approval, write_text
from recalldesk.outreach.waves.errors import WordsRefused
from recalldesk.outreach.waves.lint import lint_wave
from recalldesk.outreach.waves.segments import segments
from recalldesk.outreach.waves.texts import standard_words
from recalldesk.purchasers.states import Strength
from recalldesk.recalls.lint.words import STOP_USING
from tests.outreach.told import Told

WRITTEN = [kind for kind in WaveKind if kind is not WaveKind.BEFORE]
"""Of what was told before a takeover nothing is written."""
GOOD = """Safety recall. Stop using your {product}. {hazard}

{link}

Call {phone}."""
AMISS = [
    ("softener", Way.EMAIL, "Safety recall", f"We do this as a precaution.\n\n{GOOD}"),
    ("softener", Way.EMAIL, "Safety recall, as a precaution", GOOD),
    ("softener", Way.EMAIL, "Safety recall", f"No injuries were reported.\n\n{GOOD}"),
    ("says-safe", Way.EMAIL, "Safety recall", f"It is safe to use.\n\n{GOOD}"),
    ("advertises", Way.EMAIL, "Safety recall", f"Get a discount on the K30!\n\n{GOOD}"),
    ("safety-recall", Way.EMAIL, "News of your kettle", GOOD),
    ("no-link", Way.EMAIL, "Safety recall", GOOD.replace("{link}", "our site")),
    ("unknown-place", Way.EMAIL, "Safety recall for {name}", GOOD),
    ("no-hazard", Way.EMAIL, "Safety recall", GOOD.replace("{hazard}", "")),
    ("no-stop-using", Way.EMAIL, "Safety recall", GOOD.replace("Stop using", "About")),
    ("no-stop", Way.SMS, "", GOOD),
    ("missing-words", Way.SMS, "", ""),
]


@pytest.mark.parametrize(("rule", "way", "subject", "body"), AMISS)
def test_an_error_is_found(told: Told, rule: str, way: Way, subject: str, body: str) -> None:
    wave = told.draft(way)
    write_text(wave, way=way, language="en", subject=subject, body=body, by=told.cast.author)
    assert rule in errors_of(wave)


def test_words_with_all_that_is_asked_have_no_error(told: Told) -> None:
    wave = told.draft()
    by = told.cast.author
    write_text(wave, way=Way.EMAIL, language="en", subject="Safety recall", body=GOOD, by=by)
    assert errors_of(wave) == []


@pytest.mark.parametrize("kind", WRITTEN)
@pytest.mark.parametrize("strength", Strength)
def test_the_standard_words_have_no_error(told: Told, kind: WaveKind, strength: Strength) -> None:
    wave = told.draft(*Way, kind=kind, audience=Audience(strength=strength))
    assert errors_of(wave) == []


@pytest.mark.parametrize("kind", WRITTEN)
@pytest.mark.parametrize("strength", Strength)
def test_the_standard_words_in_spanish_have_no_error(
    told: Told, kind: WaveKind, strength: Strength
) -> None:
    wave = told.draft(*Way, kind=kind, audience=Audience(strength=strength))
    assert errors_of(wave, "es") == []


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("way", Way)
def test_the_standard_words_say_to_stop_using_it_however_the_recall_says_it(
    way: Way, language: str
) -> None:
    for kind, strength in product(WRITTEN, Strength):
        words = standard_words(kind, way, language, strength)
        assert STOP_USING[language].search(f"{words.subject}\n{words.body}"), (kind, strength)


@pytest.mark.parametrize("way", [Way.EMAIL, Way.SMS, Way.LETTER])
def test_the_standard_words_say_where_to_tell_that_it_is_done(way: Way) -> None:
    for kind, strength in product(WRITTEN, Strength):
        assert "done" in standard_words(kind, way, "en", strength).body, (kind, strength)


def test_words_for_weak_matches_say_that_the_reader_may_have_bought_it(told: Told) -> None:
    wave = told.draft(audience=Audience(strength=Strength.WEAK))
    by = told.cast.author
    write_text(wave, way=Way.EMAIL, language="en", subject="Safety recall", body=GOOD, by=by)
    assert errors_of(wave) == ["certain-of-a-weak-match"]


def test_nobody_is_asked_to_approve_an_error(told: Told) -> None:
    told.bought(email="ana@example.org")
    wave = told.draft()
    by = told.cast.author
    write_text(wave, way=Way.EMAIL, language="en", subject="Kettle news", body=GOOD, by=by)
    with pytest.raises(WordsRefused, match="does not say that this is a safety recall"):
        ask_for_approval(wave, by=by)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("á" * 70, 1),
        ("á" * 71, 2),
        ("é" * 160, 1),
        ("🔥" * 35, 1),
        ("🔥" * 36, 2),
    ],
)
def test_a_text_message_is_counted_in_the_parts_in_which_it_is_sent(text: str, parts: int) -> None:
    assert segments(text).parts == parts


def errors_of(wave: Wave, language: str = "en") -> list[str]:
    """Of the words in a language."""
    found = lint_wave(wave, {(Way(way), language): 1 for way in wave.ways})
    return [each.rule for each in found if each.is_error]
