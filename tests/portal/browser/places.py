"""Every template of the owners' pages, and how an owner comes to see it."""

from collections.abc import Callable

from playwright.sync_api import APIResponse, Locator, Page, Route

from tests.limited import FREE, solved
from tests.portal.browser.claims import CLAIM_STEPS, MISREAD
from tests.portal.browser.conftest import Site, another_owner
from tests.portal.browser.following_places import FOLLOWING
from tests.portal.browser.looks import LOOKS
from tests.portal.browser.reading_places import READING
from tests.portal.browser.reporting_places import REPORTING
from tests.portal.browser.told_places import TOLD
from tests.portal.published import serials_in

CHECK = "/recalls/anker-a1263/check"
DISPOSAL = "/recalls/anker-a1263/disposal"
FAR = "00000000000000ZZ"
OK, TOO_MANY = 200, 429
SEND = "main form:has(#serial) button.button:not(.hazard):not([form])"

ADDRESSES = {
    "home": "/",
    "recall": "/recalls/anker-a1263/",
    "recall of two countries": "/recalls/soundcore-a3102-a3302/",
    "check": CHECK,
    "check of five models": "/recalls/anker-25-466/check",
    "check of a second brand": "/recalls/soundcore-a3102-a3302/powerconf/check",
    "check of vehicles": "/recalls/made-up-vehicles/check",
    "check of any product": "/check",
    "for shops": "/recalls/anker-a1263/shops",
    "unreadable": "/recalls/anker-a1263/unreadable",
    "danger": "/recalls/anker-a1263/danger",
    "getting rid of it": DISPOSAL,
    "begin a claim": "/recalls/anker-a1263/claim",
    "begin a claim for several": "/recalls/anker-a1263/claim?several",
    "send a list": "/recalls/anker-a1263/list",
    "privacy notice": "/recalls/anker-a1263/privacy",
    "danger of any product": "/danger",
    "danger of vehicles": "/recalls/made-up-vehicles/danger",
    "recall of vehicles": "/recalls/made-up-vehicles/",
    "recall in an old version": "/recalls/made-up-vehicles/versions/1/",
    "mail of a demo": "/demo/mail",
    "no such page": "/no-such-page",
}


def recalled(site: Site) -> str:
    return serials_in(site.folder, "a1263")[0]


def press(page: Page, button: Locator) -> None:
    """Clicks, and waits until the page that it leads to is there: a click alone does not wait."""
    with page.expect_navigation():
        button.click()


def checks(page: Page, serial: str) -> None:
    """Types a serial into the page's field and sends it."""
    page.fill("#serial", serial)
    press(page, page.locator(SEND))


def _photo_missing(page: Page, site: Site) -> None:
    _look_again(page, site)
    with page.expect_navigation():
        page.locator("#look-photo").evaluate("form => form.submit()")


def _affected(page: Page, site: Site) -> None:
    checks(page, recalled(site))


def _look_again(page: Page, site: Site) -> None:
    checks(page, recalled(site).translate(MISREAD))


def _ask_a_person(page: Page, site: Site) -> None:
    _look_again(page, site)
    _look_again(page, site)


def _not_affected(page: Page, site: Site) -> None:
    checks(page, FAR)


def _contact_missing(page: Page, site: Site) -> None:
    _not_affected(page, site)
    page.fill("#contact", "nobody")
    press(page, page.locator("main form .button"))


def _told(page: Page, site: Site) -> None:
    _not_affected(page, site)
    page.fill("#contact", "owner@example.org")
    press(page, page.locator("main form .button"))


def _not_affected_by_any(page: Page, site: Site) -> None:
    page.goto(page.url.partition("/recalls/")[0] + "/check")
    checks(page, FAR)


def _told_by_any(page: Page, site: Site) -> None:
    _not_affected_by_any(page, site)
    page.fill("#contact", "owner@example.org")
    press(page, page.locator("main form .button"))


def _other_model(page: Page, serial: str) -> None:
    """Types a model that is none of the recall's five."""
    page.goto(page.url.partition("/recalls/")[0] + ADDRESSES["check of five models"])
    page.locator("fieldset details summary").click()
    page.fill("#other-model", "XY 12")
    checks(page, serial)


def _model_kept(page: Page, _site: Site) -> None:
    _other_model(page, "")


def _unknown_model(page: Page, _site: Site) -> None:
    _other_model(page, FAR)


def _try_later(page: Page, site: Site) -> None:
    page.goto(page.url.replace(site.address, site.stale))
    checks(page, FAR)


def _unavailable(page: Page, site: Site) -> None:
    page.goto(page.url.replace(site.address, site.cut_off))


def _danger_cut_off(page: Page, site: Site) -> None:
    page.goto(page.url.replace(site.address, site.cut_off).replace(CHECK, "/danger"))


def _from_elsewhere(page: Page, address: str) -> None:
    """Sends a form that stands on no page of this site."""
    page.goto("about:blank")
    page.set_content(f'<form method="post" action="{address}"><button></form>')
    press(page, page.locator("button"))


def _denied(page: Page, _site: Site) -> None:
    _from_elsewhere(page, page.url.replace(CHECK, "/check"))


def _wrong_method(page: Page, _site: Site) -> None:
    _from_elsewhere(page, page.url)


def _too_many_fields(page: Page, _site: Site) -> None:
    page.locator("#serial").evaluate(
        """field => { for (let number = 0; number < 1100; number++) {
             const one = document.createElement('input')
             one.type = 'hidden'; one.name = `field-${number}`; field.form.append(one) } }"""
    )
    checks(page, FAR)


def _too_large(page: Page, _site: Site) -> None:
    page.locator("#serial").evaluate(
        "field => { field.removeAttribute('maxlength'); field.value = 'A'.repeat(70000) }"
    )
    press(page, page.locator(SEND))


def _api(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/api/v1/docs")


def _serial_missing(page: Page, _site: Site) -> None:
    checks(page, "")


def _in_two_recalls(page: Page, site: Site) -> None:
    checks(page, serials_in(site.folder, "a1642-a1647-a1652")[0])


def use_up(page: Page, site: Site, owner: dict[str, str], *, proofs: int = 0) -> None:
    """All that is free for this owner, also what a slow machine gives back meanwhile, and so many
    proofs."""
    for _ in range(3 * FREE):
        answer = _asked(page, site, owner)
        if answer.status == TOO_MANY:
            break
        assert answer.status == OK, answer.text()
    for _ in range(proofs):
        challenge = _asked(page, site, owner).json()["challenge"]
        answer = _asked(page, site, owner | {"Recalldesk-Proof": solved(challenge)})
        assert answer.status == OK, answer.text()


def _asked(page: Page, site: Site, headers: dict[str, str]) -> APIResponse:
    address = f"{site.address}/api/v1/checks"
    return page.request.post(address, data={"serial": FAR}, headers=headers)


def over_the_limit(page: Page, site: Site, *, proofs: int = 0) -> None:
    """Makes the page's owner one of whom a proof is asked, or who is refused."""
    owner = another_owner()
    page.set_extra_http_headers(owner)
    use_up(page, site, owner, proofs=proofs)


def _without_the_script(route: Route) -> None:
    route.fulfill(body="", content_type="text/javascript")


def _proof_needed(page: Page, site: Site) -> None:
    """As without a script: with it the page would be gone in a moment."""
    over_the_limit(page, site)
    page.route("**/proof*.js", _without_the_script)
    checks(page, recalled(site))
    page.unroute("**/proof*.js")


def _proof_at_work(page: Page, site: Site) -> None:
    """As with it, on a telephone that takes for ever."""
    over_the_limit(page, site)
    page.add_init_script("crypto.subtle.deriveBits = () => new Promise(() => {})")
    checks(page, recalled(site))
    page.locator("progress").wait_for()


def _too_many(page: Page, site: Site) -> None:
    over_the_limit(page, site, proofs=1)
    checks(page, recalled(site))


def looks_for_a_place(page: Page, place: str, *, damaged: bool = False) -> None:
    """Says where the owner is, and sends it."""
    if damaged:
        page.check("input[name=condition][value=damaged]")
    page.fill("#place", place)
    press(page, page.locator("#place-form button.button:not([type=button])"))


def _looked_for(place: str, *, damaged: bool = False) -> Callable[[Page, Site], None]:
    def look(page: Page, _site: Site) -> None:
        page.goto(page.url.partition("/recalls/")[0] + DISPOSAL)
        looks_for_a_place(page, place, damaged=damaged)

    return look


def _bar_code(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/01/012345678905/21/{recalled(site)}")


STEPS: dict[str, Callable[[Page, Site], None]] = {
    "bar code": _bar_code,
    "places near by": _looked_for("02139"),
    "places for a damaged unit": _looked_for("02139", damaged=True),
    "no place near by": _looked_for("59101"),
    "no such postal code": _looked_for("00001"),
    "affected": _affected,
    "affected in two recalls": _in_two_recalls,
    "look again": _look_again,
    "photo missing": _photo_missing,
    "ask a person": _ask_a_person,
    "not affected": _not_affected,
    "not affected by any": _not_affected_by_any,
    "contact missing": _contact_missing,
    "told": _told,
    "told by any": _told_by_any,
    "model kept": _model_kept,
    "unknown model": _unknown_model,
    "try later": _try_later,
    "unavailable": _unavailable,
    "danger without a database": _danger_cut_off,
    "wrong method": _wrong_method,
    "too many fields": _too_many_fields,
    "serial missing": _serial_missing,
    "denied": _denied,
    "too large": _too_large,
    "the API": _api,
    "proof needed": _proof_needed,
    "proof at work": _proof_at_work,
    "too many": _too_many,
}


def _found(text: str) -> Callable[[Page, Site], None]:
    def search(page: Page, _site: Site) -> None:
        page.fill("#q", text)
        press(page, page.locator(".search .button"))

    return search


SEARCHES = {"found": _found("PowerCore 1000"), "nothing found": _found("toaster")}
PLACES = [
    *ADDRESSES,
    *STEPS,
    *SEARCHES,
    *CLAIM_STEPS,
    *FOLLOWING,
    *LOOKS,
    *READING,
    *REPORTING,
    *TOLD,
]


def go(page: Page, site: Site, place: str, language: str = "en") -> None:
    """Brings the page to a place as an owner would come to it."""
    base = f"{site.address}/{language}"
    page.set_extra_http_headers(another_owner())
    if place in ADDRESSES:
        page.goto(base + ADDRESSES[place])
    elif place in SEARCHES:
        page.goto(f"{base}/")
        SEARCHES[place](page, site)
    elif place in CLAIM_STEPS:
        CLAIM_STEPS[place](page, f"{base}/recalls", site.folder)
    else:
        page.goto(base + CHECK)
        (STEPS | FOLLOWING | LOOKS | READING | REPORTING | TOLD)[place](page, site)
