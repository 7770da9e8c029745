"""The pages of whoever follows a claim, comes back to one or tells of danger."""

import json
from collections.abc import Callable
from itertools import count
from typing import Any

from playwright.sync_api import Page

from tests.portal.browser.claims import photo
from tests.portal.browser.claims_made import FILE
from tests.portal.browser.conftest import Site

_erased, _lists = count(), count()


def _made(site: Site, name: str) -> Any:
    return json.loads((site.folder / FILE).read_text(encoding="utf-8"))[name]


def _press(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).click()


def open_claim(
    page: Page, site: Site, name: str, path: str = "", *, is_proved: bool = True
) -> None:
    """Brings a browser with the pass of a claim to one of its pages, in the page's language."""
    opens = _made(site, name)
    token = opens["pass" if is_proved else "unproved"]
    cookie = {"name": f"claim-{opens['key']}", "value": token, "url": site.address}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.goto(f"{_base(page, site)}/claims/{opens['key']}/{path}")


def _base(page: Page, site: Site) -> str:
    """The address with the language of the page that is open."""
    return f"{site.address}/{page.url.removeprefix(site.address).split('/')[1]}"


def _claim(name: str, path: str = "", *, is_proved: bool = True) -> Callable[[Page, Site], None]:
    def go(page: Page, site: Site) -> None:
        open_claim(page, site, name, path, is_proved=is_proved)

    return go


def _message_missing(page: Page, site: Site) -> None:
    open_claim(page, site, "in_review")
    _press(page, "form[action$='/message'] .button:not(.choose)")


def _code_sent(page: Page, site: Site) -> None:
    open_claim(page, site, "in_review", "code/address", is_proved=False)
    _press(page, "main form .button")


def _code_wrong(page: Page, site: Site) -> None:
    _code_sent(page, site)
    page.fill("[name=code]", "000000")
    _press(page, "main form .button")


def _without_texts(page: Page, site: Site) -> str:
    """The address of the desk that sends no text messages, in the page's language."""
    return _base(page, site).replace(site.address, site.stale)


def _code_by_phone_only(page: Page, site: Site) -> None:
    open_claim(page, site, "dangerous", is_proved=False)
    path = page.url.partition("/claims/")[2]
    page.goto(f"{_without_texts(page, site)}/claims/{path}code/erasure")


def _details_wrong(page: Page, site: Site) -> None:
    open_claim(page, site, "in_review", "mend")
    page.fill("[name=postal_code]", "nowhere")
    _press(page, "main form .button")


def _no_photo(page: Page, site: Site) -> None:
    open_claim(page, site, "several", "more-photos")
    _press(page, "main form .button:not(.choose)")


def _photo_refused(page: Page, site: Site) -> None:
    open_claim(page, site, "in_review", "more-photos")
    _encloses(page, "#photos", b"")
    page.locator("main form .button:not(.choose)").click()
    page.locator(".file.failed").wait_for()


def _photo_with_the_message(page: Page, site: Site) -> None:
    open_claim(page, site, "in_review")
    _encloses(page, "#message-photos", photo("label")["buffer"])
    page.locator(".file img.thumb").wait_for()


def _encloses(page: Page, field: str, content: bytes) -> None:
    chosen: Any = {"name": "label.jpg", "mimeType": "image/jpeg", "buffer": content}
    page.set_input_files(field, [chosen])


def _appeal_missing(page: Page, site: Site) -> None:
    open_claim(page, site, "declined", "appeal")
    _press(page, "main form .button")


def _gift_code(name: str) -> Callable[[Page, Site], None]:
    def go(page: Page, site: Site) -> None:
        open_claim(page, site, name, "gift-code")
        _press(page, "main form .button >> nth=0")

    return go


def _erased_now(page: Page, site: Site) -> None:
    open_claim(page, site, f"erased-{next(_erased)}", "erase")
    _press(page, "main form button")


def _link(page: Page, site: Site) -> None:
    page.goto(f"{_base(page, site)}/claims/link/{_made(site, 'in_review')['link']}")


def _old_link(page: Page, site: Site) -> None:
    page.goto(f"{_base(page, site)}/claims/link/{_made(site, 'old_link')['link']}")


def _link_renewed(page: Page, site: Site) -> None:
    _old_link(page, site)
    _press(page, "main form .button")


def _unknown_link(page: Page, site: Site) -> None:
    page.goto(f"{_base(page, site)}/claims/link/made-up")


def _come_back(page: Page, site: Site) -> None:
    page.goto(f"{_base(page, site)}/claims/come-back")


def _come_back_wrong(page: Page, site: Site) -> None:
    _come_back(page, site)
    page.fill("[name=reference]", "R-1")
    _press(page, "main form .button")


def _come_back_sent(page: Page, site: Site) -> None:
    _come_back(page, site)
    page.fill("[name=reference]", "R-2345-ACDE")
    page.fill("[name=contact]", "made-up-owner@example.org")
    _press(page, "main form .button")


def _come_back_by_phone_only(page: Page, site: Site) -> None:
    page.goto(f"{_without_texts(page, site)}/claims/come-back")
    page.fill("[name=reference]", "R-2345-ACDE")
    page.fill("[name=contact]", "202-555-0143")
    _press(page, "main form .button")


def _no_pass(page: Page, site: Site) -> None:
    page.goto(f"{_base(page, site)}/claims/made-up-key/")


def _closed_while_typing(page: Page, site: Site) -> None:
    open_claim(page, site, "in_review")
    page.context.clear_cookies()
    page.fill("[name=message]", "Made up: a message that is not lost.")
    _press(page, "form[action$='/message'] .button:not(.choose)")


def _danger_said(page: Page, site: Site) -> None:
    _press(page, "main [form=danger-now]")


def _danger_said_of_any(page: Page, site: Site) -> None:
    page.goto(f"{_base(page, site)}/danger")
    _danger_said(page, site)


def _contact_missing(page: Page, site: Site) -> None:
    _danger_said(page, site)
    _press(page, "#tell .button")


def _danger_told(page: Page, site: Site) -> None:
    _danger_said_of_any(page, site)
    page.fill("[name=contact]", "made-up-owner@example.org")
    _press(page, "#tell .button")


def _danger_said_cut_off(page: Page, site: Site) -> None:
    page.goto(_base(page, site).replace(site.address, site.cut_off) + "/danger")
    _danger_said(page, site)


def _list_sent(page: Page, site: Site) -> None:
    page.goto(f"{_base(page, site)}/recalls/anker-a1263/list")
    page.fill("#serials", "XX-1\nXX-2\nA B;C\nXX-1")
    page.fill("[name=name]", "Kim Made-Up")
    page.fill("[name=email]", f"made-up-{next(_lists)}@school.example")
    _press(page, "main form .button:not(.hazard)")


def _list_empty(page: Page, site: Site) -> None:
    page.goto(f"{_base(page, site)}/recalls/anker-a1263/list")
    _press(page, "main form .button:not(.hazard)")


FOLLOWING: dict[str, Callable[[Page, Site], None]] = {
    "status": _claim("in_review"),
    "status, sent just now": _claim("in_review", "?sent"),
    "status, message sent": _claim("in_review", "?done=message"),
    "status, something asked": _claim("needs_owner"),
    "status, approved": _claim("approved"),
    "status, ordered": _claim("remedy_ordered"),
    "status, on its way": _claim("remedy_sent"),
    "status, settled": _claim("settled"),
    "status, declined": _claim("declined"),
    "status, withdrawn": _claim("withdrawn"),
    "status, claimed before": _claim("duplicate"),
    "status, late": _claim("late"),
    "status of several units": _claim("several"),
    "status, mail came back": _claim("came_back"),
    "status, dangerous": _claim("dangerous"),
    "status, message missing": _message_missing,
    "status, a photo with the message": _photo_with_the_message,
    "a list, empty": _list_empty,
    "a list, sent": _list_sent,
    "a list, answered": _claim("list", "list"),
    "status of a list": _claim("list_claimed"),
    "withdraw": _claim("in_review", "withdraw"),
    "appeal": _claim("declined", "appeal"),
    "appeal without a reason": _appeal_missing,
    "more photos": _claim("several", "more-photos?unit=3&kind=marking"),
    "more photos, none chosen": _no_photo,
    "more photos, one refused": _photo_refused,
    "code": _claim("in_review", "code/address", is_proved=False),
    "code sent": _code_sent,
    "code for a gift code": _claim("coded", "code/code", is_proved=False),
    "status, gift code ready": _claim("coded"),
    "gift code": _claim("coded", "gift-code"),
    "gift code shown": _gift_code("coded"),
    "gift codes of several units": _claim("coded_twice", "gift-code"),
    "gift code of several shown": _gift_code("coded_twice"),
    "code wrong": _code_wrong,
    "code, by phone only": _code_by_phone_only,
    "mend": _claim("in_review", "mend"),
    "mend, something wrong": _details_wrong,
    "my data": _claim("in_review", "my-data"),
    "erase": _claim("settled", "erase"),
    "erased": _erased_now,
    "link": _link,
    "old link": _old_link,
    "link renewed": _link_renewed,
    "unknown link": _unknown_link,
    "come back": _come_back,
    "come back, something wrong": _come_back_wrong,
    "come back, sent": _come_back_sent,
    "come back, by phone only": _come_back_by_phone_only,
    "no pass": _no_pass,
    "no pass, message typed": _closed_while_typing,
    "danger said": _danger_said,
    "danger said of any product": _danger_said_of_any,
    "danger said, contact missing": _contact_missing,
    "danger told": _danger_told,
    "danger said without a database": _danger_said_cut_off,
}
"""Each begins at the check page, in the language that is looked at."""
