"""In a browser, by keys: a reviewer joins, asks, approves, declines; a senior grants an appeal; its
owner gets a parcel and sees how far it is; the auditor has it all, and one byte that was changed
behind the program's back is found.
"""

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.at_the_desk import code_of
from tests.cast import PASSWORD
from tests.console.claim_served import (
    CARRIER,
    ClaimDesk,
    at_the_desk,
    browser,
    chromium,
    opened,
    served,
)
from tests.remedies.made_up import made_up

pytestmark = pytest.mark.browser
__all__ = ["at_the_desk", "browser", "chromium", "opened", "served"]
Opens = Callable[..., Page]


def runs(desk: ClaimDesk, *words: str) -> subprocess.CompletedProcess[str]:
    """A program on the data of the desk that is served."""
    environment = desk.environment | {"RECALLDESK_STAFF_PASSWORD": PASSWORD}
    command = [sys.executable, "-m", *words]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=300, check=False
    )


def does(desk: ClaimDesk, *words: str) -> str:
    """The same; what it said. It must not fail."""
    ran = runs(desk, *words)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def joins(page: Page, desk: ClaimDesk) -> None:
    """Takes the invitation, with a password and an authenticator app."""
    page.goto(desk.address + desk.invitation)
    page.get_by_role("button", name="Join the desk").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Set up an authenticator app").click()
    page.get_by_label("Code").fill(code_of(page.locator(".key").inner_text()))
    page.keyboard.press("Enter")
    page.get_by_role("link", name="I have kept them").click()


def press(page: Page, *keys: str) -> None:
    """Presses keys once the page's script listens to them."""
    page.locator("[data-keys]:visible").first.wait_for()
    for key in keys:
        page.keyboard.press(key)


def reads(page: Page, desk: ClaimDesk, name: str) -> None:
    """The page of this claim is open."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(desk.claims[name])


def appeals(page: Page, desk: ClaimDesk, reference: str) -> None:
    """The owner opens the letter on a phone, and asks for another person."""
    letter = does(desk, "tests.console.later", "letter", reference).strip()
    page.goto(desk.address + letter)
    page.get_by_role("button", name="Open my claim").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("We cannot approve your claim")
    page.get_by_role("link", name="Ask another person to look").first.click()
    page.get_by_role("textbox").fill("Please look at it once more.")
    page.get_by_role("button", name="Ask another person").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A person is looking")


def gets_parcel(owner: Page, desk: ClaimDesk, reference: str, folder: Path) -> None:
    """A carrier of its own process gets the order, and tells of it by signed webhooks."""
    webhook = f"{desk.address}/webhooks/remedies/easypost/"
    secret = CARRIER["RECALLDESK_EASYPOST_WEBHOOK_SECRET"]
    with made_up("easypost", folder, "--webhook", webhook, "--secret", secret) as carrier:
        named = {"RECALLDESK_EASYPOST_ADDRESS": carrier.address}
        served = replace(desk, environment=desk.environment | named)
        remedied = ("tests.console.later", "remedied", reference)

        assert "Your remedy is ordered." in does(served, *remedied, "remedy_ordered")
        stands_at(owner, "Remedy ordered", "Your remedy is being prepared")
        (label,) = carrier.lines("label")

        carrier.tell("track", reference=label["reference"], status="in_transit")
        assert "Your parcel is on its way." in does(served, *remedied, "remedy_sent")
        stands_at(owner, "Remedy sent", "Your remedy is on its way")
        expect(owner.get_by_text(label["code"])).to_be_visible()
        expect(owner.get_by_role("link", name="Follow the parcel")).to_be_visible()

        carrier.tell("track", reference=label["reference"], status="delivered")
        assert "Your remedy has arrived." in does(served, *remedied, "settled")
        stands_at(owner, "Remedy delivered", "Your remedy has arrived")
        assert len(carrier.lines("label")) == 1


def stands_at(owner: Page, stage: str, headline: str) -> None:
    """The owner's page says it large, and names the stage with its day."""
    owner.reload()
    expect(owner.get_by_role("heading", level=1)).to_contain_text(headline)
    line = owner.locator("ol.line li", has_text=stage)
    expect(line).to_have_count(1)
    expect(line).to_have_text(re.compile(r"\w+ \d+, \d{4}, \d+:\d\d"))


def test_from_an_invitation_to_a_log_that_finds_one_byte(
    served: ClaimDesk, at_the_desk: Opens, opened: Opens, tmp_path: Path
) -> None:
    asked, declined, approved = (served.claims[each] for each in ("blurred", "again", "misread"))
    page = opened(viewport={"width": 1280, "height": 720})
    joins(page, served)

    page.get_by_role("link", name="Queue").click()
    page.wait_for_url("**/desk/claims/")
    press(page, "n")
    reads(page, served, "blurred")
    press(page, "p", "Enter")
    reads(page, served, "again")
    expect(page.locator(".undo")).to_contain_text(asked)
    press(page, "d", "Space", "Enter")
    expect(page.locator(".undo")).to_contain_text(f"{declined} declined")
    page.goto(f"{served.address}/desk/claims/?list=answered")
    press(page, "n")
    reads(page, served, "misread")
    expect(page.locator("#newer")).to_contain_text("one of another serial")
    press(page, "a", "Enter")
    expect(page.locator(".undo")).to_contain_text(f"{approved} approved")

    does(served, "tests.console.later", "told")
    owner = opened(viewport={"width": 390, "height": 844})
    appeals(owner, served, declined)
    senior = at_the_desk("/desk/claims/?list=appeal", "sam")
    press(senior, "n")
    reads(senior, served, "again")
    expect(senior.locator("#newer")).to_contain_text("one of another serial")
    press(senior, "a", "Enter")
    expect(senior.locator(".undo")).to_contain_text(f"{declined} approved")
    does(served, "tests.console.later", "told")

    gets_parcel(owner, served, declined, tmp_path)
    senior.goto(served.address + served.path("again"))
    expect(senior.get_by_role("heading", level=1)).to_contain_text("settled")

    does(served, "recalldesk", "audit", "head", "--new")
    why = ("--as", "auditor@staff.example", "--reason", "Asked by the regulator")
    life_in = tmp_path / "life"
    life_in.mkdir()
    said = does(served, "recalldesk", "audit", "export", declined, *why, "--folder", str(life_in))
    assert sorted(path.suffix for path in life_in.iterdir()) == [".json", ".pdf"]
    assert declined in said
    life = next(life_in.glob("*.json")).read_text()
    steps = ("declined", "appealed", "approved", "remedy_sent", "settled")
    for step in (*steps, "Please look at it once more."):
        assert step in life
    does(served, "recalldesk", "audit", "verify")

    row = does(served, "tests.console.later", "one_byte", declined).strip()
    broken = runs(served, "recalldesk", "audit", "verify")
    assert broken.returncode != 0
    assert f"{int(row):,}" in broken.stdout + broken.stderr
