"""Letters as a reader of the PDF gets them: one a page, the address in the window, what to do."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader

from recalldesk.notices.papers.kinds import Paper
from recalldesk.outreach.letters.reference import reference_of
from recalldesk.outreach.letters.typesetting import (
    Letter,
    PrintFile,
    letters_as_pdf,
    letters_as_pictures,
)
from tests.notice.examples import TWO_BRANDS, example

LINK = "https://recall.example.com/en/told/made-up-token-made-up-token-made-up-tok"
ANA = Letter(
    reference=reference_of(17),
    address=("Ana Madeup", "1 Example Street", "SPRINGFIELD, IL 62701"),
    language="en",
    headline="Safety recall: stop using your speaker",
    paragraphs=("A shop's records show this purchase: 1 speaker.", "It can catch fire."),
    link=LINK,
    brand="soundcore",
    products=("a3102016",),
)
LONG = replace(
    ANA,
    reference=reference_of(18),
    address=(
        "María de los Ángeles Fernández-Villanueva y Montemayor de la Inventada",
        "Urbanización Ejemplo Residencial Las Inventadas, Edificio B, Escalera 3",
        "Apartamento 14-C, Buzón 227 (entrada por la calle de atrás)",
        "08001 EJEMPLOPOLIS",
        "SPAIN",
    ),
    language="es",
    headline="Retiro de seguridad: deje de usar su altavoz ahora mismo",
    paragraphs=("Los registros de una tienda muestran esta compra. " * 8,) * 4,
    products=("a3102016", "a3302011", "a3302031"),
)


def file_of(*letters: Letter, paper: Paper = Paper.A4) -> PrintFile:
    at = datetime(2026, 11, 27, tzinfo=UTC)
    return PrintFile("Made-up letters", paper, date(2026, 11, 27), at, example(TWO_BRANDS), letters)


def pages_of(file: PrintFile) -> list[str]:
    read = PdfReader(io.BytesIO(letters_as_pdf(file)))
    return ["".join(page.extract_text().replace("\u200b", "").split()) for page in read.pages]


@pytest.mark.parametrize("paper", [Paper.A4, Paper.LETTER])
def test_each_letter_has_a_page_of_its_own(paper: Paper) -> None:
    ana, long = pages_of(file_of(ANA, LONG, paper=paper))
    assert "AnaMadeup1ExampleStreetSPRINGFIELD,IL62701" in ana
    assert ANA.reference in ana
    assert "Safetyrecall:stopusingyourspeaker" in ana
    assert "1-800-555-0142" in ana
    assert f"/en/recalls/{TWO_BRANDS}" in ana
    assert "made-up-token" not in ana, "nobody types the link: the code leads there"
    assert "Retirodeseguridad:dejedeusarsualtavozahoramismo" in long
    assert "Apartamento14-C,Buzón227(entradaporlacalledeatrás)" in long
    assert long.count("PowerConfS3") == 2
    assert "AnaMadeup" not in long


def test_the_same_letters_make_the_same_file() -> None:
    assert letters_as_pdf(file_of(ANA)) == letters_as_pdf(file_of(ANA))


def test_what_no_page_holds_goes_on_on_the_next_and_none_of_it_is_cut() -> None:
    much = replace(ANA, paragraphs=(*ANA.paragraphs * 24, "The very last word."))
    pages = pages_of(file_of(much, LONG))
    assert len(pages) == 3
    assert ANA.reference in pages[0]
    assert "Theverylastword." in pages[1]
    assert "1-800-555-0142" in pages[1]
    assert LONG.reference in pages[2]


def test_red_stands_for_the_hazard_alone() -> None:
    from PIL import Image

    (picture,) = letters_as_pictures(file_of(ANA))
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    red = [
        (place % image.width, place // image.width)
        for place, (r, g, b) in enumerate(image.get_flattened_data())
        if r > 150 and g < 60 and b < 60
    ]
    assert red
    top, bottom = min(y for _, y in red), max(y for _, y in red)
    assert bottom - top < 30, "the headline, and nothing else"
