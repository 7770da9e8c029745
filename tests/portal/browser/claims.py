"""The pages of a claim, and how an owner comes to each in a browser."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw
from playwright.sync_api import Page

from tests.portal.published import serials_in

FAR = "00000000000000ZZ"
MAIN = "main form .button:not(.quiet):not(.hazard):not(.choose)"


def photo(text: str, size: tuple[int, int] = (1600, 1200)) -> dict[str, Any]:
    """A drawn photo, as a file to choose."""
    picture = Image.new("RGB", size, "#c8c8be")
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((200, 200, size[0] - 200, size[1] - 200), 90, fill="#26262a")
    draw.text((300, 500), text, fill="white", font_size=110)
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=88)
    return {"name": f"{text}.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def goes_on(page: Page, button: str = MAIN) -> None:
    """Presses the page's main button, or another, and waits for the page that it leads to."""
    with page.expect_navigation():
        page.locator(button).first.click()


def chooses_photos(page: Page) -> None:
    page.set_input_files("#label-1", [photo("label")])
    page.set_input_files("#marking-1", [photo("marking")])


def _begun(page: Page, recalls: str, _folder: Path, reading: str = "unreadable") -> None:
    page.goto(f"{recalls}/anker-a1263/claim")
    goes_on(page, f'button[value="{reading}"]')


def _told(page: Page, recalls: str, _folder: Path) -> None:
    page.goto(f"{recalls}/anker-a1263/claim")
    page.fill("#serial", FAR)
    goes_on(page)


def _told_of_another(page: Page, recalls: str, folder: Path) -> None:
    page.goto(f"{recalls}/anker-a1263/claim")
    page.fill("#serial", serials_in(folder, "soundcore")[0])
    goes_on(page)


def _which(page: Page, recalls: str, _folder: Path) -> None:
    page.goto(f"{recalls}/anker-25-466/claim")
    goes_on(page, 'button[value="unreadable"]')


def _unit(page: Page, recalls: str, folder: Path) -> None:
    _begun(page, recalls, folder)
    page.goto(page.url.replace("/photos", "/unit"))


def _photos_missing(page: Page, recalls: str, folder: Path) -> None:
    _begun(page, recalls, folder)
    goes_on(page, "button[name=next]")


def _photos_of_several(page: Page, recalls: str, _folder: Path) -> None:
    page.goto(f"{recalls}/baseus-bs30kp365/claim?several")
    page.fill("#serials", "AAAA1\nBBBB2")
    goes_on(page)


def _photos_sent(page: Page, recalls: str, folder: Path) -> None:
    _begun(page, recalls, folder)
    chooses_photos(page)
    page.locator(".file button[name=remove]").nth(1).wait_for()


def _you(page: Page, recalls: str, folder: Path) -> None:
    _begun(page, recalls, folder, "gone")


def _you_problem(page: Page, recalls: str, folder: Path) -> None:
    _you(page, recalls, folder)
    goes_on(page)


def _remedy(page: Page, recalls: str, folder: Path) -> None:
    _you(page, recalls, folder)
    says_who(page)


def says_who(page: Page) -> None:
    page.fill("#id_name", "Made-up Owner")
    page.fill("#id_email", "made.up@example.org")
    goes_on(page)


def _remedy_problem(page: Page, recalls: str, folder: Path) -> None:
    _remedy(page, recalls, folder)
    goes_on(page)


def _details(page: Page, recalls: str, folder: Path) -> None:
    _remedy(page, recalls, folder)
    page.locator(".pick").last.click()
    goes_on(page)


def _details_problem(page: Page, recalls: str, folder: Path) -> None:
    _details(page, recalls, folder)
    goes_on(page)


def _payee(page: Page, recalls: str, _folder: Path) -> None:
    page.goto(f"{recalls}/baseus-bs30kp365/claim")
    goes_on(page, 'button[value="gone"]')
    says_who(page)
    goes_on(page)


def _send(page: Page, recalls: str, folder: Path) -> None:
    _remedy(page, recalls, folder)
    page.locator(".pick").first.click()
    goes_on(page)


def _send_problem(page: Page, recalls: str, folder: Path) -> None:
    _send(page, recalls, folder)
    goes_on(page)


def _no_pass(page: Page, recalls: str, folder: Path) -> None:
    _you(page, recalls, folder)
    page.context.clear_cookies()
    page.reload()


CLAIM_STEPS: dict[str, Callable[[Page, str, Path], None]] = {
    "claim: the serial is in no recall": _told,
    "claim: the serial is in another": _told_of_another,
    "claim: which product": _which,
    "claim: the unit": _unit,
    "claim: photos": _begun,
    "claim: photos missing": _photos_missing,
    "claim: photos of several": _photos_of_several,
    "claim: photos sent": _photos_sent,
    "claim: who": _you,
    "claim: who, with problems": _you_problem,
    "claim: remedy": _remedy,
    "claim: remedy, none chosen": _remedy_problem,
    "claim: address": _details,
    "claim: address, with problems": _details_problem,
    "claim: account": _payee,
    "claim: send": _send,
    "claim: send, not ticked": _send_problem,
    "claim: no pass": _no_pass,
}
