"""The pages of a claim, and how an owner comes to each in a browser."""

import io
import socket
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from PIL import Image, ImageDraw
from playwright.sync_api import Page

from tests.portal.browser.conftest import another_owner
from tests.portal.published import serials_in

FAR = "00000000000000ZZ"
MISREAD = str.maketrans("1258B6GSZL", "LZSB8G652I")
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


def types_serial(page: Page, serial: str) -> None:
    """Types a serial where a photo of the label is asked for first, and goes on."""
    if not page.locator("#serial").is_visible():
        page.locator(".typed summary").click()
    page.fill("#serial", serial)
    goes_on(page, ".typed .button")


def chooses_photos(page: Page) -> None:
    page.set_input_files("#label-1", [photo("label")])
    page.set_input_files("#marking-1", [photo("marking")])


def _begun(page: Page, recalls: str, _folder: Path, reading: str = "unreadable") -> None:
    page.goto(f"{recalls}/anker-a1263/claim")
    goes_on(page, f'button[value="{reading}"]')


def _told(page: Page, recalls: str, _folder: Path) -> None:
    page.goto(f"{recalls}/anker-a1263/claim")
    types_serial(page, FAR)


def _told_of_another(page: Page, recalls: str, folder: Path) -> None:
    page.goto(f"{recalls}/anker-a1263/claim")
    types_serial(page, serials_in(folder, "soundcore")[0])


def _nothing_given(page: Page, recalls: str, _folder: Path) -> None:
    page.goto(f"{recalls}/anker-a1263/claim")
    types_serial(page, "")


def _too_many(page: Page, recalls: str, _folder: Path) -> None:
    page.goto(f"{recalls}/anker-a1263/claim?several")
    page.fill("#serials", "\n".join(f"MADE{number}" for number in range(51)))
    goes_on(page)


def _looked_at_again(page: Page, recalls: str, folder: Path) -> None:
    page.goto(f"{recalls}/anker-a1263/claim")
    types_serial(page, serials_in(folder, "a1263")[0].translate(MISREAD))


def _person_decides(page: Page, recalls: str, folder: Path) -> None:
    _looked_at_again(page, recalls, folder)
    page.fill("#serial", serials_in(folder, "a1263")[0].translate(MISREAD))
    goes_on(page)


def _which(page: Page, recalls: str, _folder: Path) -> None:
    page.goto(f"{recalls}/anker-25-466/claim")
    goes_on(page, 'button[value="unreadable"]')


def _unit(page: Page, recalls: str, folder: Path) -> None:
    _begun(page, recalls, folder)
    page.goto(page.url.replace("/photos", "/unit"))


def _typed(page: Page, recalls: str, _folder: Path) -> None:
    page.goto(f"{recalls}/anker-a1263/claim")
    page.locator(".typed summary").click()
    page.fill("#serial", FAR)


def _label_photo_refused(page: Page, recalls: str, _folder: Path) -> None:
    page.goto(f"{recalls}/anker-a1263/claim")
    empty: Any = {"name": "label.jpg", "mimeType": "image/jpeg", "buffer": b""}
    with page.expect_navigation():
        page.set_input_files("#label-camera", [empty])


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


def _no_photo_possible(page: Page, recalls: str, folder: Path) -> None:
    _begun(page, recalls, folder)
    goes_on(page, "button[name=no_photo]")
    goes_on(page, ".note a")


def _no_photo_noted(page: Page, recalls: str, folder: Path) -> None:
    _begun(page, recalls, folder)
    goes_on(page, "button[name=no_photo]")


def _photo_refused(page: Page, recalls: str, folder: Path) -> None:
    _begun(page, recalls, folder)
    empty: Any = {"name": "label.jpg", "mimeType": "image/jpeg", "buffer": b""}
    page.set_input_files("#label-1", [empty])
    page.locator(".file.failed").wait_for()


def _photo_of_no_use(page: Page, recalls: str, folder: Path) -> None:
    _begun(page, recalls, folder)
    text: Any = {"name": "label.jpg", "mimeType": "image/jpeg", "buffer": b"Made up: no picture."}
    page.set_input_files("#label-1", [text])
    page.locator(".file button[name=remove]").wait_for()
    for _ in range(100):  # until its job has run
        page.reload()
        if page.locator(".problems").count():
            return
        page.wait_for_timeout(200)
    raise AssertionError("the photo was not looked at")


def _photos_busy(page: Page, recalls: str, folder: Path) -> None:
    """Two photos are on their way from the same owner already, and do not end."""
    _begun(page, recalls, folder)
    owner = another_owner()
    page.set_extra_http_headers(owner)
    site = urlsplit(page.url)
    with ExitStack() as open_ones:
        for _ in range(2):
            slow = socket.create_connection((site.hostname, site.port))
            open_ones.enter_context(closing(slow))
            slow.sendall(_beginning_of_a_photo(site, owner))
        for _ in range(50):  # until the desk has begun to read both
            goes_on(page, "button[name=later]")
            if page.locator("a.button[href='']").count():
                return
            page.goto(page.url.replace("/you", "/photos"))
    raise AssertionError("the desk was not busy")


def _beginning_of_a_photo(site: SplitResult, owner: dict[str, str]) -> bytes:
    lines = [
        f"POST {site.path} HTTP/1.1",
        f"Host: {site.netloc}",
        f"Origin: {site.scheme}://{site.netloc}",
        *(f"{name}: {value}" for name, value in owner.items()),
        "Content-Type: multipart/form-data; boundary=made-up",
        "Content-Length: 1000",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n--made-up\r\n"


def _photos_later(page: Page, recalls: str, folder: Path) -> None:
    _begun(page, recalls, folder)
    goes_on(page, "button[name=later]")
    says_who(page)
    page.locator(".pick").first.click()
    goes_on(page)


def _no_email_for_the_card(page: Page, recalls: str, folder: Path) -> None:
    _you(page, recalls, folder)
    page.fill("#id_name", "Made-up Owner")
    page.fill("#id_phone", "202-555-0143")
    goes_on(page)
    page.locator(".pick").first.click()
    goes_on(page)


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
    "claim: nothing given": _nothing_given,
    "claim: too many units": _too_many,
    "claim: look at the serial again": _looked_at_again,
    "claim: a person decides": _person_decides,
    "claim: the serial is in no recall": _told,
    "claim: the serial is in another": _told_of_another,
    "claim: which product": _which,
    "claim: the unit": _unit,
    "claim: the serial is typed": _typed,
    "claim: the photo of the label is refused": _label_photo_refused,
    "claim: photos": _begun,
    "claim: photos missing": _photos_missing,
    "claim: photos of several": _photos_of_several,
    "claim: photos sent": _photos_sent,
    "claim: photo refused": _photo_refused,
    "claim: photo of no use": _photo_of_no_use,
    "claim: no photo possible": _no_photo_possible,
    "claim: no photo possible, noted": _no_photo_noted,
    "claim: photos later": _photos_later,
    "claim: photos, too many at once": _photos_busy,
    "claim: who": _you,
    "claim: who, with problems": _you_problem,
    "claim: who, no e-mail for a gift card": _no_email_for_the_card,
    "claim: remedy": _remedy,
    "claim: remedy, none chosen": _remedy_problem,
    "claim: address": _details,
    "claim: address, with problems": _details_problem,
    "claim: account": _payee,
    "claim: send": _send,
    "claim: send, not ticked": _send_problem,
    "claim: no pass": _no_pass,
}
