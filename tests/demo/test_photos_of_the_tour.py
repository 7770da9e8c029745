"""The tour draws the photos that a page asks for, with the code that stands on it."""

import io
from datetime import date

import numpy as np
import pytest
from PIL import Image

from recalldesk.demo.browser import Form, Page
from recalldesk.demo.photos.labels import Look, draw_label
from recalldesk.demo.photos.markings import draw_marking
from recalldesk.demo.tour_photos import PAPER_WHITE, Unit, photos_for

SEED = 2
UNIT = Unit("AHCQ0123B45S7890", "A1263", "Made-up Owner", SEED)
FORM = Form("/photos", files=["label-1", "marking-1", "receipt-1"])
FULL = '<p class="code" dir="ltr">RECALLED<br>4829-1375<br>YOUR NAME<br>2026-11-26</p>'


def page(text: str) -> Page:
    return Page("http://127.0.0.1/photos", 200, text, 1.0)


def test_each_field_gets_its_photo() -> None:
    photos = photos_for(UNIT, page(FULL), FORM)
    opened = {name: Image.open(io.BytesIO(kept)) for name, kept in photos.items()}
    drawn = {
        "label-1": draw_label(UNIT.serial, UNIT.model, SEED, look=Look.DARK_ON_WHITE),
        "marking-1": draw_marking(
            "RECALLED", "4829-1375", "MADE-UP OWNER", "2026-11-26", seed=SEED, colour=PAPER_WHITE
        ),
    }
    assert list(photos) == FORM.files
    for name, picture in drawn.items():
        assert opened[name].format == "JPEG"
        lost = np.abs(np.asarray(opened[name], np.int16) - np.asarray(picture, np.int16))
        assert lost.mean() < 6


def test_photos_of_another_seed_are_no_copies_of_the_first() -> None:
    first, other = (
        photos_for(Unit(UNIT.serial, UNIT.model, UNIT.owner, seed=seed), page(FULL), FORM)
        for seed in (SEED, SEED + 3)
    )
    assert not {*first.values()} & {*other.values()}


def test_only_what_is_asked_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    written = []
    monkeypatch.setattr(
        "recalldesk.demo.tour_photos.draw_marking",
        lambda *marks, **_: written.append(marks) or Image.new("RGB", (9, 9)),
    )
    one = Form("/photos", files=["marking-1"])
    today = date(2026, 11, 26).isoformat()
    for text in ("RECALLED<br>4829-1375", "4829-1375", f"RECALLED · 4829-1375 · {today}"):
        photos_for(UNIT, page(f'<p class="code" dir="ltr">{text}</p>'), one)
    assert written == [
        ("RECALLED", "4829-1375", "", ""),
        ("", "4829-1375", "", ""),
        ("RECALLED", "4829-1375", "", today),
    ]


def test_a_page_that_asks_for_no_marking_ends_the_tour() -> None:
    with pytest.raises(LookupError, match="nothing to write"):
        photos_for(UNIT, page("<p>Photos</p>"), FORM)
