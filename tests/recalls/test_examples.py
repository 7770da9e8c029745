"""The examples are read without a problem and say what was published, exactly."""

import csv
import datetime
import re
from decimal import Decimal
from pathlib import Path

import pytest

from recalldesk.foundation.serial_form import normalise
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.parts import LANGUAGES, Money
from recalldesk.recalls.document.remedy import ReceiptRule, RemedyKind
from recalldesk.recalls.document.scope import Meaning
from recalldesk.recalls.document.text_checks import texts_of
from recalldesk.recalls.recall_file import read_recall_file

FOLDER = Path(__file__).parents[2] / "examples"
NAMES = sorted(path.parent.name for path in FOLDER.glob("*/recall.toml"))
SOFTENERS = re.compile(
    r"voluntar|precaut|precauc|discre[ct]ion|rare situation|specific situation|situaciones raras",
    re.IGNORECASE,
)


def example(name: str) -> Document:
    return read_recall_file((FOLDER / name / "recall.toml").read_text(encoding="utf-8"))


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def dollars(amount: int) -> Money:
    return Money(amount=Decimal(amount), currency="USD")


def test_all_examples_are_there() -> None:
    assert NAMES == [
        "anker-25-466",
        "anker-a1263",
        "anker-a1642-a1647-a1652",
        "baseus-bs30kp365",
        "made-up-vehicles",
        "soundcore-a3102-a3302",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_an_example_reads_and_bears_the_name_of_its_folder(name: str) -> None:
    assert example(name).recall == name


@pytest.mark.parametrize("name", NAMES)
def test_every_text_stands_in_every_language(name: str) -> None:
    document = example(name)
    assert document.languages == LANGUAGES
    for path, texts in texts_of(document):
        assert set(texts) == set(LANGUAGES), path


@pytest.mark.parametrize("name", NAMES)
def test_no_word_makes_the_danger_sound_small(name: str) -> None:
    for path, texts in texts_of(example(name)):
        for text in texts.values():
            assert not SOFTENERS.search(text), path


@pytest.mark.parametrize("name", NAMES)
def test_no_text_repeats_a_figure_by_hand(name: str) -> None:
    document = example(name)
    large = {f"{figure.value:,}" for figure in document.figures.values() if figure.value >= 1000}
    for path, texts in texts_of(document):
        assert not any(number in text for number in large for text in texts.values()), path


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_is_used(name: str) -> None:
    document = example(name)
    said = " ".join(text for _, texts in texts_of(document) for text in texts.values())
    assert all(f"{{{figure}}}" in said for figure in document.figures)


@pytest.mark.parametrize("name", NAMES)
def test_nobody_real_is_written_to_or_called(name: str) -> None:
    for brand in example(name).brands:
        assert brand.phone == "+18005550142"
        assert brand.sender.endswith("@example.com")
        assert brand.email.endswith("@example.com")
        assert all(host.endswith(".example") for host in brand.hosts)


def test_a1263_was_announced_and_sold_as_published() -> None:
    document = example("anker-a1263")
    (product,) = document.products
    assert document.announced == day("2025-06-12")
    assert document.recall_number == ""
    assert product.made is not None
    assert (product.made.since, product.made.until) == (day("2016-01-01"), day("2019-10-30"))
    assert (product.sold.since, product.sold.until) == (day("2016-06-01"), day("2022-12-31"))
    assert product.sold.channels == ("Anker's own site", "Amazon", "eBay", "Newegg")
    assert product.sold.countries == ("US",)
    assert product.sold.price == dollars(27)
    assert product.sold.price_is_about


def test_a1263_counts_its_units_as_published() -> None:
    document = example("anker-a1263")
    (jurisdiction,) = document.jurisdictions
    assert jurisdiction.country == "US"
    assert jurisdiction.units == document.stated_units == 1_158_000
    assert jurisdiction.units_are_about
    assert "CPSC" in jurisdiction.regulator
    assert [(entry.name, entry.units) for entry in document.scope.lists] == [("a1263", 1_158_000)]
    assert not document.scope.public


def test_a1263_looks_as_published() -> None:
    (product,) = example("anker-a1263").products
    assert product.model == "A1263"
    assert "PowerCore 10000" in product.names
    assert "PowerCore 1000" in product.also_searched_as
    assert [variant.key for variant in product.variants] == ["black", "blue", "red", "white"]
    assert product.drawing.engraved == "Anker"
    assert "bottom" in product.serial.where["en"]


def test_a1263_reports_its_incidents_as_published() -> None:
    document = example("anker-a1263")
    figures = {name: figure.value for name, figure in document.figures.items()}
    assert figures == {
        "units": 1_158_000,
        "reports": 19,
        "burns": 2,
        "damage_reports": 11,
        "damage": 60_700,
        "gift_card": 30,
    }
    assert document.incidents is not None
    assert "no medical attention" in document.incidents.summary["en"]
    for word in ("melt", "smoke", "fire", "overheat"):
        assert word in document.texts.hazard["en"]


def test_a1263_offers_what_was_published() -> None:
    gift, bank = example("anker-a1263").remedies
    assert (gift.kind, gift.value) == (RemedyKind.GIFT_CARD, dollars(30))
    assert (bank.kind, bank.replacement_model) == (RemedyKind.REPLACEMENT, "A1388")
    assert "10,000 mAh" in bank.explanation["en"]


def test_a1263_asks_for_the_evidence_published() -> None:
    evidence = example("anker-a1263").evidence
    assert evidence.label_photo
    assert evidence.marking_photo
    assert evidence.word == "RECALLED"
    assert {"word", "date", "name"} <= set(evidence.marks)
    assert evidence.receipt is ReceiptRule.WELCOME


def test_a1263_serials_never_hold_o_or_i() -> None:
    serial = example("anker-a1263").products[0].serial
    assert (serial.prefix, serial.shortest, serial.longest) == ("SN", 16, 16)
    assert "O" not in serial.alphabet
    assert "I" not in serial.alphabet
    assert len(serial.alphabet) == 34
    assert serial.folding == {"O": "0", "I": "1"}
    assert set(serial.look_alikes) == {"1IL", "2Z", "0ODQ", "5S", "8B", "6G"}


def test_a1263_knows_the_bar_code_and_the_order_number() -> None:
    box, order = example("anker-a1263").products[0].serial.not_the_serial
    assert box.fits("084806103456")
    assert box.fits("0848061034562")
    assert not box.fits("A12F8G7K30XB4T9C")
    assert order.fits(normalise("112-1234567-1234567"))


def test_a1263_says_how_to_get_rid_of_it_as_published() -> None:
    disposal = example("anker-a1263").disposal
    guidance = " ".join(text["en"] for text in disposal.guidance)
    never = " ".join(text["en"] for text in disposal.never)
    for words in ("hazardous waste", "may take it", "Contact it first", "your city or county"):
        assert words in guidance
    for words in ("trash", "recycling", "shop's box", "mail", "salt water"):
        assert words in never


def test_soundcore_is_one_recall_of_two_brands_in_two_countries() -> None:
    document = example("soundcore-a3102-a3302")
    assert [brand.name for brand in document.brands] == ["Soundcore", "Anker PowerConf"]
    assert len({host for brand in document.brands for host in brand.hosts}) == 2
    assert document.brand_of("a3302031").key == "powerconf"
    assert [(j.country, j.units) for j in document.jurisdictions] == [("US", 69_000), ("CA", 9_764)]
    assert document.jurisdictions[1].regulator == "Health Canada"
    assert [entry.meaning for entry in document.scope.lists] == [Meaning.RECALLED, Meaning.MADE]
    assert document.scope.lists[0].units == document.stated_units
    for product in document.products:
        assert product.sold.channels == ("Amazon",)
        assert (product.sold.since, product.sold.until) == (day("2023-03-01"), day("2023-10-31"))


def test_two_anker_recalls_share_two_models() -> None:
    earlier, later = example("anker-a1642-a1647-a1652"), example("anker-25-466")
    assert (earlier.announced, earlier.stated_units) == (day("2024-10-17"), 2_100)
    assert (later.announced, later.stated_units) == (day("2025-09-18"), 481_000)
    assert later.recall_number == "25-466"
    assert set(earlier.product_by_key) & set(later.product_by_key) == {"a1647", "a1652"}
    assert len(later.products[0].sold.channels) == 7
    assert [remedy.kind for remedy in later.remedies] == [RemedyKind.REFUND, RemedyKind.GIFT_CARD]
    for key in ("a1647", "a1652"):
        assert earlier.product_by_key[key].serial.form == later.product_by_key[key].serial.form


@pytest.mark.parametrize("last", "0123456789D")
def test_baseus_serials_that_end_in_a_digit_or_d_are_recalled(last: str) -> None:
    assert baseus_matches(f"BS30KP365123456{last}")


def test_baseus_serials_that_end_in_a_are_not() -> None:
    assert not baseus_matches("BS30KP365123456A")
    assert example("baseus-bs30kp365").products[0].serial.form.is_well_formed("BS30KP365123456A")


def baseus_matches(serial: str) -> bool:
    document = example("baseus-bs30kp365")
    (product,) = document.products
    (entry,) = document.scope.patterns
    return any(
        all(character in place for character, place in zip(serial, places, strict=True))
        for places in product.serial.expand(entry.pattern)
    )


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / "made-up-vehicles" / name).open(encoding="cp1252", newline="") as file:
        return list(csv.DictReader(file))


def test_the_vehicle_ranges_come_as_a_maker_sends_them() -> None:
    raw = (FOLDER / "made-up-vehicles" / "ranges.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    uneven = [row for row in rows("ranges.csv") if len(row["start"]) != len(row["end"])]
    assert len(uneven) == 2
    assert all(len(row["start"]) == len(row["end"]) for row in rows("ranges-corrected.csv"))


def test_the_vehicle_ranges_once_corrected_hold_the_units_stated() -> None:
    document = example("made-up-vehicles")
    forms = [product.serial.form for product in document.products]
    units = 0
    for row in [*rows("ranges.csv"), *rows("ranges-corrected.csv")]:
        start, end = row["start"], row["end"]
        assert any(form.is_well_formed(start) for form in forms)
        assert any(form.is_well_formed(end) for form in forms)
        if len(start) == len(end):
            head = len(start.rstrip("0123456789"))
            units += int(end[head:]) - int(start[head:]) + 1
    assert units == document.stated_units == document.scope.lists[0].units
    assert document.scope.public
