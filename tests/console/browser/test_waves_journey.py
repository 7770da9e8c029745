"""From purchasers to owners who were told, in a browser: a wave is written, tested, approved by
another and sent; a mail comes back; a reminder goes to the others; one of them files a claim by
the link of their notice, and the share of those who are reached moves."""

import email
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from recalldesk.demo.orders.writing import write_order_files
from tests.axe import what_axe_minds
from tests.console.browser.looks import one_look
from tests.console.desk_served import Served, ServedDesk, serving
from tests.console.waves_desk import OTHER, SESSION
from tests.mailing.reported import a_report
from tests.portal.browser.claims import goes_on, says_who
from tests.portal.browser.conftest import ROOT

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
LOOKS = one_look((390, "dark"), (1280, "light"), (390, "light"), (1280, "dark"))
WAVES = "/desk/waves/"
OF_KETTLE = f"{WAVES}kettle-k20/"
PAGES = (
    (SESSION, WAVES),
    (SESSION, f"{WAVES}new/"),
    (SESSION, f"{OF_KETTLE}1/"),
    (OTHER, f"{OF_KETTLE}2/"),
    (SESSION, f"{OF_KETTLE}3/"),
    (SESSION, f"{OF_KETTLE}1/notices/"),
    (SESSION, f"{OF_KETTLE}1/notices/1/"),
    (SESSION, f"{OF_KETTLE}3/counted/?why=told"),
    (SESSION, f"{WAVES}not-written-to/"),
    (SESSION, f"{WAVES}answers/"),
    (SESSION, "/desk/reach/"),
    (SESSION, "/desk/purchasers/1/"),
)
PEOPLE = 30
SAVE_ENGLISH = re.compile("Save this text ?: E-mail, English")
SEND = """
import django
django.setup()
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.sending import send_mailing
from recalldesk.outreach.sending.rounds import keep_sending, send_for_a_while
from recalldesk.outreach.waves.starting import start_due_waves
for number in Mailing.objects.filter(state="queued").values_list("pk", flat=True):
    send_mailing(mailing_id=number)
start_due_waves()
send_for_a_while(20)
keep_sending()
"""


@dataclass(frozen=True)
class Desk:
    """A desk with two recall managers."""

    served: Served

    def opened(self, page: Page, path: str, who: str = SESSION) -> Page:
        session = (self.served.home / who).read_text()
        return ServedDesk(self.served.address, session).open(page, path)

    def runs(self, program: str) -> None:
        """What the worker does."""
        environment = self.served.environment | {
            "DJANGO_SETTINGS_MODULE": "recalldesk.config.settings"
        }
        subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, check=True)

    def mails(self) -> list[EmailMessage]:
        """All that was ever sent, into the folder that is the sink here."""
        found = []
        for path in sorted((self.served.home / "mail").glob("*.eml")):
            mail = email.message_from_bytes(path.read_bytes(), policy=default)
            assert isinstance(mail, EmailMessage)
            found.append(mail)
        return found

    def comes_back(self, mail: EmailMessage) -> None:
        """The mail server's report comes in by the pipe."""
        command = [sys.executable, "-m", "recalldesk", "mail", "bounced"]
        report = a_report(str(mail["Message-ID"]))
        subprocess.run(command, input=report, cwd=ROOT, env=self.served.environment, check=True)


@pytest.fixture(scope="module")
def desk(chromium: str, worker_id: str) -> Iterator[Desk]:
    with serving("tests.console.waves_desk", worker_id=worker_id) as served:
        yield Desk(served)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look)))
def test_waves_are_clear_to_all(desk: Desk, opened: Open, look: tuple[int, str]) -> None:
    width, light = look
    # axe is a script of the test's own.
    page = opened(viewport={"width": width, "height": 800}, color_scheme=light, bypass_csp=True)
    for who, path in PAGES:
        desk.opened(page, path, who)
        assert page.locator("main h1").count() == 1, path
        for more in page.locator("main summary:visible").all():
            more.click()
        assert what_axe_minds(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def link_in(mail: EmailMessage) -> str:
    """The owner's link, as it stands in the mail."""
    body = mail.get_body(("plain",))
    assert body
    found = re.search(r"https?://\S+/told/\S+", body.get_content())
    assert found
    return found[0]


def taken_in(page: Page, desk: Desk, folder: Path) -> None:
    """The orders of a shop, which names its buyers."""
    write_order_files(folder, people=PEOPLE)
    desk.opened(page, "/desk/purchasers/files/new/")
    page.get_by_label("Shop", exact=True).select_option(label="Shopify")
    page.get_by_label("The file, up to").set_input_files(folder / "shopify-orders.csv")
    page.get_by_role("button", name="Take it in").click()
    page.get_by_text("Taken in as file").wait_for()


def begun(page: Page, desk: Desk, name: str, kind: str) -> None:
    """A wave, from the list."""
    desk.opened(page, WAVES)
    page.keyboard.press("n")
    page.get_by_label("Name, for the desk").fill(name)
    page.get_by_label(kind).check()
    page.get_by_role("button", name="Begin it").click()
    page.get_by_role("heading", name=name).wait_for()


def approved(asking: Page, other: Page, desk: Desk) -> None:
    """Asked for by the one, approved by the other."""
    asking.get_by_role("button", name="Ask for approval").click()
    asking.get_by_text("you wrote it, or asked for it").wait_for()
    assert asking.get_by_role("button", name="Approve it").count() == 0
    desk.opened(other, WAVES, OTHER)
    row = other.get_by_role("row").filter(has_text="waits for you").first
    row.locator("th a").click()
    other.get_by_role("button", name="Approve it as shown here").click()
    other.get_by_text("It is approved.").wait_for()


def reached(page: Page, desk: Desk) -> str:
    """Reach, as its page says it."""
    desk.opened(page, "/desk/reach/")
    return page.get_by_role("main").inner_text()


def test_owners_are_told_and_one_files_a_claim(desk: Desk, opened: Open, tmp_path: Path) -> None:
    wide = {"width": 1280, "height": 900}
    page, other = opened(viewport=wide), opened(viewport=wide)
    taken_in(page, desk, tmp_path)
    before = reached(page, desk)

    begun(page, desk, "To new buyers", "First notice: to every contact")
    page.get_by_label("Subject").first.fill("Safety recall: stop using your kettle")
    page.get_by_role("button", name=SAVE_ENGLISH).click()
    page.get_by_text("The words are saved").wait_for()
    frame = page.frame_locator("iframe").first
    expect(frame.get_by_text("ordered on")).to_be_visible()
    counts = page.get_by_role("region", name="Counts and cost")
    expect(counts.get_by_role("link", name="rows of E-mail, English")).to_be_visible()
    counts.get_by_role("link", name="Told already").click()
    page.get_by_role("heading", name="Not reached: told already").wait_for()
    page.go_back()
    page.get_by_label("To an address or number of your own").fill("max@staff.example")
    page.get_by_role("button", name="Send the test").click()
    page.get_by_text("The test is sent.").wait_for()
    approved(page, other, desk)

    desk.runs(SEND)
    mails = desk.mails()
    tests = [each for each in mails if str(each["Subject"]).startswith("TEST")]
    first = [each for each in mails if "your kettle" in str(each["Subject"]) and each not in tests]
    assert {str(each["To"]) for each in tests} == {"max@staff.example"}
    assert len(first) > 3
    assert len({str(each["To"]) for each in first}) == len(first)
    desk.comes_back(first[0])
    page.reload()
    far = page.get_by_role("region", name="How far it is")
    far.get_by_role("link", name="rows of Came back, e-mail").click()
    page.get_by_role("row").nth(1).locator("th a").click()
    page.get_by_text("no e-mail to this contact").wait_for()

    begun(page, desk, "Once more", "Reminder: to contacts")
    page.get_by_label("Days of silence").fill("0")
    page.get_by_role("button", name="Save all of this").click()
    page.get_by_text("Saved.").wait_for()
    approved(page, other, desk)
    desk.runs(SEND)
    again = [each for each in desk.mails() if "reminder" in str(each["Subject"])]
    told_again = {str(each["To"]) for each in again}
    assert str(first[0]["To"]) not in told_again
    assert {str(each["To"]) for each in first[1:]} <= told_again
    assert reached(page, desk) != before

    owner = opened()
    link = link_in(next(each for each in again if each["To"] == first[1]["To"]))
    owner.goto(desk.served.address + urlsplit(link).path)
    goes_on(owner, 'button[value="claim"]')
    goes_on(owner, 'button[value="gone"]')
    says_who(owner)
    owner.locator('.pick:has([value="card"])').click()
    goes_on(owner)
    for tick in owner.locator(".tick").all():
        tick.click()
    goes_on(owner)
    assert owner.url.endswith("/?sent"), owner.get_by_role("main").inner_text()

    desk.opened(page, WAVES)
    page.get_by_role("link", name="Once more").click()
    page.get_by_role("link", name="rows of Claims filed by its links").click()
    expect(page.get_by_role("row").nth(1)).to_contain_text("claim R-")
