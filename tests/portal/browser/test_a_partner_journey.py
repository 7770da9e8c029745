"""A shop that was told to stop selling answers, on a phone: it counts, refunds, destroys, checks
what it has, and says where the notice hangs.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page

from tests.axe import what_axe_minds
from tests.console.browser.looks import one_look
from tests.portal.browser.conftest import Site
from tests.portal.browser.partners_made import FILE, RECALL
from tests.portal.claims.conftest import made_up_photo
from tests.portal.published import serials_in

pytestmark = pytest.mark.browser
SMALLEST = 44
LOOKS = one_look((390, "light"), (390, "dark"), (1280, "light"), (1280, "dark"))
PDF: FilePayload = {
    "name": "certificate.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.7\nmade up\n%%EOF\n",
}


def looks_well(page: Page, width: int) -> None:
    """Nothing that axe minds, nothing wider than the page, and every button large enough."""
    assert what_axe_minds(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for button in page.locator("main .button:visible, main summary:visible").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= SMALLEST, button.inner_text()


def presses(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def follows(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=name).first.click()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_a_shop_does_all_that_it_is_asked(
    site: Site, opened: Callable[..., Page], width: int, scheme: str
) -> None:
    page = opened(viewport={"width": width, "height": 800}, color_scheme=scheme)
    token = (site.folder / FILE).read_text(encoding="utf-8")
    page.goto(f"{site.address}/en/partner/link/{token}")
    looks_well(page, width)
    presses(page, "Open our page")
    assert "Madeup Market" in page.inner_text("main")
    assert token not in page.url
    looks_well(page, width)

    follows(page, "The notice to you")
    looks_well(page, width)
    if page.get_by_role("button", name="We have stopped selling").count():
        presses(page, "We have stopped selling")
        assert "Write the name of whoever confirms it." in page.inner_text("main")
        looks_well(page, width)
        page.get_by_label("Units of").fill("24")
        page.get_by_label("Your name").fill("Pat Madeup")
        presses(page, "We have stopped selling")
    assert "Confirmed by Pat Madeup" in page.inner_text("main")
    follows(page, "What we ask of you")
    assert "You told us that you stopped selling." in page.inner_text("main")

    follows(page, "Tell how many you have")
    page.get_by_label("On hand").fill("20")
    page.get_by_label("Of these, kept apart").fill("20")
    presses(page, "Send the count")
    assert "Thank you, we have it." in page.inner_text("main")
    looks_well(page, width)

    follows(page, "Sent back or destroyed")
    looks_well(page, width)
    page.get_by_label("What became of them?").select_option("destroyed")
    page.get_by_label("How many units").fill("8")
    page.get_by_label("Certificate of destruction").set_input_files(PDF)
    presses(page, "Send it")
    assert "8 · Destroyed" in page.inner_text("h1")
    assert "PDF" in page.inner_text("main")
    looks_well(page, width)

    _refunds(page, site.folder, width)
    _checks(page, site.folder, width)
    _hangs(page, width)
    page.goto(f"{site.address}/en/partner/")
    presses(page, "Sign out")
    page.goto(f"{site.address}/en/partner/recalls/{RECALL}/stock")
    assert "This page has closed" in page.inner_text("main")
    looks_well(page, width)
    follows(page, "Send me a new link")
    looks_well(page, width)


def _refunds(page: Page, folder: Path, width: int) -> None:
    follows(page, "What we ask of you")
    follows(page, "What your customers got")
    looks_well(page, width)
    page.get_by_label("Serial number", exact=True).fill(serials_in(folder, "a1263")[70 + width % 7])
    presses(page, "Send it")
    assert "What you told us" in page.inner_text("main")
    lines = f"serial,day\n{serials_in(folder, 'a1263')[80]},2026-01-05\nnone,2026-01-05\n"
    page.get_by_label("File", exact=True).set_input_files(
        {"name": "refunds.csv", "mimeType": "text/csv", "buffer": lines.encode()}
    )
    presses(page, "Only look what would become of it")
    assert "Nothing was kept" in page.inner_text("main")
    assert "We do not find this serial number in this recall" in page.inner_text("main")
    looks_well(page, width)


def _checks(page: Page, folder: Path, width: int) -> None:
    follows(page, "What we ask of you")
    follows(page, "Check with a scanner")
    recalled = serials_in(folder, "a1263")[0]
    for serial in (recalled, "no serial"):
        assert page.evaluate("document.activeElement.id") == "serial"
        page.keyboard.type(serial)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert "Look again: keep it apart until you know" in page.inner_text(".verdict")
    assert "Recalled: do not sell it" in page.inner_text("table")
    looks_well(page, width)
    follows(page, "What we ask of you")
    follows(page, "Check a list")
    looks_well(page, width)
    page.get_by_label("Paste the serial numbers").fill(f"{recalled}\nno serial\n")
    presses(page, "Check them")
    assert "Recalled: do not sell it" in page.inner_text("table")
    looks_well(page, width)


def _hangs(page: Page, width: int) -> None:
    follows(page, "What we ask of you")
    follows(page, "Where the notice hangs")
    page.get_by_label("Where does it hang?").fill("Entrance, 1 Example Street")
    page.locator("#photo").set_input_files(
        {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": made_up_photo(seed=width)}
    )
    presses(page, "Send it")
    assert "Entrance, 1 Example Street" in page.inner_text("main")
    looks_well(page, width)
