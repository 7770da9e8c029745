"""A poster is one page of its size, whole, in every language, whatever it has to say."""

from dataclasses import replace

import pytest

from recalldesk.notices.papers.kinds import Kind, Paper
from tests.notice.examples import A1263, NAMES, VEHICLES, example, notice
from tests.notice.papers import (
    INCHES,
    MILLIMETRES,
    long_winded,
    pdf_of,
    read,
    run_together,
    set_of,
    words_of,
)

ARABIC = "خطر الحريق: البطارية قد تشتعل"


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("name", NAMES)
def test_one_page_says_it_all(name: str, paper: Paper, language: str) -> None:
    pdf = pdf_of(Kind.POSTER, paper, name, language)
    assert len(pdf.pages) == 1
    shown, told = words_of(pdf), notice(name, language)
    products = [text for each in told.products for text in (each.name, each.brand, each.model)]
    contacts = [text for each in told.contacts for text in (each.phone_shown, each.hours)]
    remedies = [each.title for each in told.remedies]
    check = name if len(told.contacts) > 1 else f"{name}/check"
    said = (told.headline, told.hazard, told.no_fee, told.recall_number, check)
    for text in (*said, *told.steps, *products, *contacts, *remedies):
        assert run_together(text) in shown


@pytest.mark.parametrize("language", ["en", "es"])
def test_it_says_where_the_serial_stands_and_that_one_remedy_is_chosen(language: str) -> None:
    shown = words_of(pdf_of(Kind.POSTER, Paper.LETTER, A1263, language))
    told = notice(A1263, language)
    assert run_together(told.products[0].serial_where) in shown
    chosen = {"en": "What you get: one of these", "es": "Lo que recibe: una de estas opciones"}
    assert run_together(chosen[language]) in shown


@pytest.mark.parametrize("paper", list(Paper))
def test_it_has_the_size_that_its_name_says(paper: Paper) -> None:
    box = pdf_of(Kind.POSTER, paper, A1263).pages[0].mediabox
    points = (
        [72 * each for each in INCHES[paper]]
        if paper in INCHES
        else [each / 25.4 * 72 for each in MILLIMETRES[paper]]
    )
    assert [float(box.width), float(box.height)] == pytest.approx(points, abs=0.5)


@pytest.mark.parametrize("name", NAMES)
def test_much_more_text_makes_it_smaller_and_cuts_nothing(name: str) -> None:
    told = long_winded(notice(name))
    pdf = read(set_of(Kind.POSTER, Paper.LETTER, example(name), told))
    assert len(pdf.pages) == 1
    shown = words_of(pdf)
    for text in (told.headline, told.hazard):
        assert run_together(text) in shown
    assert "Post until" in " ".join(page.extract_text() for page in pdf.pages)


def test_the_heading_is_the_laws_where_the_file_gives_it() -> None:
    assert notice(VEHICLES, "es").heading == "Recuperación por motivos de seguridad del producto"
    shown = words_of(pdf_of(Kind.POSTER, Paper.A4, VEHICLES, "es"))
    assert shown.startswith(run_together("Recuperación por motivos de seguridad del producto"))


def test_elsewhere_it_says_recall() -> None:
    assert not notice(A1263).heading
    assert words_of(pdf_of(Kind.POSTER, Paper.LETTER, A1263)).startswith("Productsafetyrecall")
    spanish = words_of(pdf_of(Kind.POSTER, Paper.LETTER, A1263, "es"))
    assert spanish.startswith(run_together("Retiro de un producto por seguridad"))


def test_from_right_to_left_too() -> None:
    told = replace(notice(A1263), language="ar-xb", headline=ARABIC, hazard=ARABIC)
    pdf = read(set_of(Kind.POSTER, Paper.A4, example(), told))
    assert len(pdf.pages) == 1
    assert pdf.trailer["/Root"]["/Lang"].startswith("ar")  # type: ignore[index]
    assert "1-800-555-0142" in words_of(pdf)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("language", ["en", "es"])
def test_it_can_be_read_by_a_screen_reader(kind: Kind, language: str) -> None:
    pdf = pdf_of(kind, Paper.A4, A1263, language)
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert root["/Lang"].startswith(language)  # type: ignore[index]
    assert pdf.metadata is not None
    assert notice(A1263, language).headline in str(pdf.metadata.title)
