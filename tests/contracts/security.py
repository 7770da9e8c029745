"""What every answer owes whoever receives it, whichever WSGI application gives it.

`Security` is one suite for all of them: a subclass named Test… gives the fixture `server`, on which
the recall of `tests/cast.py` is live. A new address of the product gets its place in `ADDRESSES`.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest

from recalldesk.checks.guard import PROOF_HEADER
from tests.cast import AFFECTED, FAR, LOOK_ALIKE, SLIP
from tests.contracts.wsgi import Response, Server
from tests.limited import FREE, Setting

RECALL = "/en/recalls/kettle-k20/"
PREVIEW = "/en/previews/no-such-token/"
CHECKS = "/api/v1/checks"
LINK = "/en/claims/link/made-up"
TOLD = "/en/told/made-up"
PARTNER_LINK = "/en/partner/link/made-up"
AT_RECALL = "/en/partner/recalls/kettle-k20/"
POLICIES = ("same-origin", "strict-origin")
"""Of the page that a browser comes from. A mailed link's page tells no other page its address."""
FRAMED = {
    "portal:embedded_banner": "/en/embed/kettle-k20/banner",
    "portal:embedded_check": "/en/embed/kettle-k20/check",
}
"""The only pages that may stand in a frame of somebody else's."""
PAGES = FRAMED | {
    "portal:home": "/en/",
    "portal:demo_mail": "/en/demo/mail",
    "portal:check_any": "/en/check",
    "portal:check_photo": "/en/check/photo",
    "portal:search": "/en/search",
    "portal:danger_any": "/en/danger",
    "portal:danger_tell": "/en/danger/tell",
    "portal:incident_any": "/en/incident",
    "portal:incident_told": "/en/incident/told",
    "portal:come_back": "/en/claims/come-back",
    "portal:partner_sign_in": "/en/partner/sign-in",
    "portal:tell_me": "/en/tell-me",
    "portal:recall": RECALL,
    "portal:recall_version": f"{RECALL}versions/1/",
    "portal:shops": f"{RECALL}shops",
    "portal:check": f"{RECALL}check",
    "portal:unreadable": f"{RECALL}unreadable",
    "portal:danger": f"{RECALL}danger",
    "portal:disposal": f"{RECALL}disposal",
    "portal:turned_away": f"{RECALL}disposal/turned-away",
    "portal:brand_disposal": f"{RECALL}tidewater/disposal",
    "portal:brand_turned_away": f"{RECALL}tidewater/disposal/turned-away",
    "portal:incident": f"{RECALL}incident",
    "portal:brand_incident": f"{RECALL}tidewater/incident",
    "portal:brand_check": f"{RECALL}tidewater/check",
    "portal:brand_unreadable": f"{RECALL}tidewater/unreadable",
    "portal:brand_danger": f"{RECALL}tidewater/danger",
    "portal:begin": f"{RECALL}claim",
    "portal:brand_begin": f"{RECALL}tidewater/claim",
    "portal:privacy": f"{RECALL}privacy",
    "portal:list": f"{RECALL}list",
    "portal:brand_list": f"{RECALL}tidewater/list",
    "api-docs": "/api/v1/docs",
    "portal_root:digital_link": "/01/012345678905",
    "portal_root:digital_link_serial": f"/01/012345678905/21/{AFFECTED}",
}
MAY_ASK_FOR_POSITION = {path for path in PAGES.values() if "/disposal" in path}
"""The only pages that may ask a browser where it is."""
OTHERS = {
    "healthz": "/healthz",
    "readyz": "/readyz",
    "api:openapi-json": "/api/v1/openapi.json",
    "api:recalls": "/api/v1/recalls",
    "api:recall": "/api/v1/recalls/kettle-k20",
    "api:check": CHECKS,
    "api:api-root": "/api/v1/",
    "api:no-such-address": "/api/v1/nothing",
    "portal:check_photo_answer": "/en/check/photo/no-such-name",
    "portal:check_photo_text": "/en/check/photo/no-such-name/text",
    "portal:check_photo_waits": "/en/check/photo/no-such-name/waits",
    "portal:claim_unit": "/en/claims/no-such-key/unit",
    "portal:claim_label": "/en/claims/no-such-key/label",
    "portal:claim_photos": "/en/claims/no-such-key/photos",
    "portal:claim_photos_state": "/en/claims/no-such-key/photos/state",
    "portal:claim_picture": "/en/claims/no-such-key/photos/1",
    "portal:claim_upload": "/en/claims/no-such-key/photos/1/label",
    "portal:claim_you": "/en/claims/no-such-key/you",
    "portal:claim_remedy": "/en/claims/no-such-key/remedy",
    "portal:claim_details": "/en/claims/no-such-key/details",
    "portal:claim_send": "/en/claims/no-such-key/send",
    "portal:claim_keep": "/en/claims/no-such-key/keep",
    "portal:claim_link": LINK,
    "portal:partner": "/en/partner/",
    "portal:partner_link": PARTNER_LINK,
    "portal:partner_sign_out": "/en/partner/sign-out",
    "portal:partner_check": "/en/partner/check",
    "portal:partner_scan": "/en/partner/scan",
    "portal:partner_stop_sale": f"{AT_RECALL}stop-sale",
    "portal:partner_letter": f"{AT_RECALL}letter.pdf",
    "portal:partner_counts": f"{AT_RECALL}stock",
    "portal:partner_row": f"{AT_RECALL}stock/1",
    "portal:partner_moved": f"{AT_RECALL}moved",
    "portal:partner_certificate": f"{AT_RECALL}certificates/1",
    "portal:partner_refunds": f"{AT_RECALL}refunds",
    "portal:partner_refund": f"{AT_RECALL}refunds/1",
    "portal:partner_rejected": f"{AT_RECALL}refund-files/1/not-taken.csv",
    "portal:partner_posted": f"{AT_RECALL}posted",
    "portal:partner_picture": f"{AT_RECALL}posted/1/photos/1",
    "portal:told": TOLD,
    "portal:told_nothing_more": f"{TOLD}/nothing-more",
    "portal:claim_on_file": "/en/claims/no-such-key/on-file",
    "portal:claim_list": "/en/claims/no-such-key/list",
    "portal:claim_list_result": "/en/claims/no-such-key/list/result.csv",
    "portal:preview": PREVIEW,
    "portal:preview_paper": f"{PREVIEW}poster-on-a4.pdf",
    "portal:preview_brand_paper": f"{PREVIEW}brand/poster-on-a4.pdf",
    "portal:preview_banner": f"{PREVIEW}banner",
    "portal:preview_check": f"{PREVIEW}check",
    "portal:preview_picture": f"{PREVIEW}{'0' * 64}.jpg",
    "portal:preview_theme": f"{PREVIEW}tidewater.css",
    "portal:preview_logo": f"{PREVIEW}tidewater.svg",
    "portal:poster": f"{RECALL}poster-a4.pdf",
    "portal:press_release": f"{RECALL}press-release.pdf",
    "portal:brand_poster": f"{RECALL}tidewater/poster-a4.pdf",
    "portal:brand_press_release": f"{RECALL}tidewater/press-release.pdf",
    "portal:feed": "/en/recalls.atom",
    "cpsc_feed": "/recalls.cpsc.json",
    "portal_root:choose_language": "/",
    "portal_root:picture": f"/pictures/{'0' * 64}.jpg",
    "portal_root:theme": "/theme/0123456789ab/kettle-k20/tidewater.css",
    "portal_root:logo": "/theme/0123456789ab/kettle-k20/tidewater.svg",
}
ADDRESSES = {**PAGES, **OTHERS}
"""One address for each name that there is."""


@dataclass(frozen=True)
class Form:
    """A form that a page of ours sends, and what is in it."""

    path: str
    fields: dict[str, str] = field(default_factory=dict)


COME_BACK = "/en/claims/come-back"
WISH = {"watch": "kettle-k20", "contact": "owner@example.org", "serial": FAR}
FORMS = {
    "affected": Form("/en/check", {"serial": AFFECTED, "recall": "kettle-k20"}),
    "affected, in a frame": Form(FRAMED["portal:embedded_check"], {"serial": AFFECTED}),
    "look alike, in a frame": Form(FRAMED["portal:embedded_check"], {"serial": LOOK_ALIKE}),
    "not affected, in a frame": Form(FRAMED["portal:embedded_check"], {"serial": FAR}),
    "nothing typed, in a frame": Form(FRAMED["portal:embedded_check"]),
    "look alike": Form("/en/check", {"serial": LOOK_ALIKE}),
    "slip": Form("/en/check", {"serial": SLIP}),
    "not affected": Form("/en/check", {"serial": FAR}),
    "nothing typed": Form("/en/check"),
    "no serial": Form("/es/check", {"serial": '"><script>alert(1)</script><p style="x">'}),
    "a photo without a photo": Form("/en/check/photo", {"serial": SLIP, "recall": "kettle-k20"}),
    "a text for no photo": Form("/en/check/photo/no-such-name/text", {"serial": SLIP}),
    "a lost token": Form("/en/check", {"serial": SLIP, "second_look": "no:token:x"}),
    "searched": Form("/en/search", {"q": "kettle"}),
    "a serial searched": Form("/en/search", {"q": AFFECTED}),
    "told": Form("/en/tell-me", WISH),
    "no contact": Form("/en/tell-me", WISH | {"contact": "nobody"}),
    "a claim without a serial": Form(f"{RECALL}claim"),
    "a claim for another serial": Form(f"{RECALL}claim", {"serial": FAR}),
    "a claim for several": Form(f"{RECALL}claim", {"reading": "several", "serial": AFFECTED}),
    "too large": Form("/en/check", {"serial": "A" * 70_000}),
    "a list without a serial": Form(f"{RECALL}list"),
    "a list without a contact": Form(f"{RECALL}list", {"serials": f"{AFFECTED}\n{FAR}"}),
    "come back": Form(COME_BACK, {"reference": "R-2345-ACDE", "contact": "owner@example.org"}),
    "no reference": Form(COME_BACK, {"reference": "R-1"}),
    "a partner asks for its link": Form("/en/partner/sign-in", {"email": "nobody@shop.example"}),
    "a partner's address is none": Form("/en/partner/sign-in", {"email": "nobody"}),
    "places": Form(f"{RECALL}disposal", {"place": "02139"}),
    "places by position": Form(f"{RECALL}disposal", {"latitude": "42.36", "longitude": "-71.1"}),
    "no place": Form(f"{RECALL}disposal", {"place": '"><script>'}),
    "turned away, nowhere": Form(f"{RECALL}disposal/turned-away", {"site": "1", "token": "x"}),
    "an incident": Form(f"{RECALL}incident", {"happened": "heat", "do": "send"}),
    "an incident, one more person": Form(f"{RECALL}incident", {"do": "person"}),
    "an incident, nothing told": Form("/en/incident", {"do": "send"}),
    "an incident told, no token": Form("/en/incident/told"),
    "danger, no contact": Form("/en/danger/tell", {"recall": "kettle-k20"}),
}
QUESTIONS: dict[str, object] = {
    "affected": {"serial": AFFECTED},
    "look alike": {"serial": LOOK_ALIKE},
    "slip": {"serial": SLIP},
    "not affected": {"serial": FAR},
    "invalid": {"serial": 1},
    "unreadable": b"{",
    "too large": {"serial": "A" * 70_000},
    "a lost token": {"serial": FAR, "second_look": "x"},
}
KEPT = {
    name: ADDRESSES[name]
    for name in (
        "api:recalls",
        "api:recall",
        "api:openapi-json",
        "api-docs",
        "portal:recall",
        "portal:feed",
        "cpsc_feed",
    )
}
CONDITIONS = {
    "If-Match": '"another"',
    "If-Unmodified-Since": "Sat, 01 Jan 2000 00:00:00 GMT",
}
NAMED_ONLY = ("canonical", "alternate")
"""Links that no browser follows by itself."""
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE")
ELSEWHERE = ("elsewhere.example", "testserver.elsewhere.example", "", "a b", "testserver@x", "x:y")


def policy_of(response: Response) -> dict[str, list[str]]:
    """The content security policy: what each directive allows."""
    parts = [part.split() for part in response["Content-Security-Policy"].split(";")]
    return {words[0]: words[1:] for words in parts if words}


def is_guarded(response: Response, *, path: str = "") -> None:
    """The headers that stand on every answer. `path`: from where it came, if it may be framed."""
    is_framed = path in FRAMED.values()
    positions = ("()", "(self)") if path in MAY_ASK_FOR_POSITION else ("()",)
    policy = policy_of(response)
    assert policy["default-src"] == ["'none'"]
    assert "unsafe" not in response["Content-Security-Policy"]
    if "sandbox" not in policy:
        assert policy["script-src"] == ["'self'"]
        assert policy["style-src"] == ["'self'"]
        assert policy["frame-ancestors"] == (["https:", "http:"] if is_framed else ["'none'"])
        assert policy["form-action"] == ["'self'"]
        assert policy["base-uri"] == ["'none'"]
    sources = {s for name, allowed in policy.items() if name != "frame-ancestors" for s in allowed}
    assert sources <= {"'none'", "'self'", "data:"}
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] in POLICIES
    assert response.all("X-Frame-Options") == ([] if is_framed else ["DENY"])
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    policies = [f"geolocation={each}" for each in positions]
    assert any(each in response["Permissions-Policy"] for each in policies)
    assert response.all("Set-Cookie") == []
    assert response.all("Access-Control-Allow-Origin") == []


class _Inline(HTMLParser):
    """Finds what a page must not hold: by its tags and attributes, not by what texts look like."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        inline = [name for name in given if name == "style" or name.startswith("on")]
        self.found += [f"{tag} {name}" for name in inline]
        is_data = tag == "script" and given.get("type") == "application/ld+json"
        if tag == "style" or (tag == "script" and "src" not in given and not is_data):
            self.found.append(tag)
        for name in ("src", "href", "action"):
            where = (given.get(name) or "").strip().lower()
            loads = name == "src" or (tag == "link" and given.get("rel") not in NAMED_ONLY)
            if where.startswith("javascript:") or (loads and "//" in where):
                self.found.append(f"{tag} {name}={where}")


def holds_nothing_inline(response: Response) -> None:
    """No script and no style stands in the page, and nothing is loaded from elsewhere."""
    page = _Inline()
    page.feed(response.body.decode())
    assert page.found == []


def is_kept_by_nobody(response: Response) -> None:
    """No cache may keep it, and its length as sent tells nothing by how well it packs."""
    assert response["Cache-Control"] == "no-store"
    assert response.all("ETag") == []
    assert response.all("Content-Encoding") == []


def is_problem(response: Response, status: int) -> None:
    """An error in the API's own form."""
    assert response.status == status
    assert response["Content-Type"] == "application/problem+json"
    assert response.json["status"] == status
    is_kept_by_nobody(response)


class Security:
    """The suite."""

    @pytest.mark.parametrize("name", ADDRESSES)
    def test_every_address_is_guarded(self, server: Server, name: str) -> None:
        is_guarded(server.get(ADDRESSES[name]), path=ADDRESSES[name])

    @pytest.mark.parametrize("name", PAGES)
    def test_a_page_holds_nothing_inline(self, server: Server, name: str) -> None:
        response = server.get(PAGES[name])
        assert response.status == 200
        holds_nothing_inline(response)

    @pytest.mark.parametrize("path", [LINK, PARTNER_LINK, TOLD, f"{TOLD}/nothing-more"])
    def test_the_page_of_a_mailed_link_tells_nobody_its_address(
        self, server: Server, path: str
    ) -> None:
        assert server.get(path)["Referrer-Policy"] == "strict-origin"

    def test_nor_does_the_page_of_a_link_with_a_serial(self, server: Server) -> None:
        response = server.get(PAGES["portal_root:digital_link_serial"])
        assert response["Referrer-Policy"] == "strict-origin"
        is_kept_by_nobody(response)

    @pytest.mark.parametrize("name", FORMS)
    def test_the_answer_to_a_form_is_guarded_and_kept_by_nobody(
        self, server: Server, name: str
    ) -> None:
        response = server.post_form(
            FORMS[name].path, FORMS[name].fields, headers={"Accept-Encoding": "gzip, br"}
        )
        assert response.status in (200, 413, 422)
        is_guarded(response, path=FORMS[name].path)
        is_kept_by_nobody(response)
        holds_nothing_inline(response)

    @pytest.mark.parametrize("name", QUESTIONS)
    def test_the_answer_to_a_program_is_guarded_and_kept_by_nobody(
        self, server: Server, name: str
    ) -> None:
        response = server.post_json(CHECKS, QUESTIONS[name], headers={"Accept-Encoding": "gzip"})
        assert response.status in (200, 400, 413, 422)
        is_guarded(response)
        is_kept_by_nobody(response)

    def test_so_are_the_answers_over_the_limit(self, server: Server, limits: Setting) -> None:
        for _ in range(FREE):
            assert server.post_json(CHECKS, {"serial": FAR}).status == 200
        for secret in ("", "no proof"):
            refused = server.post_json(CHECKS, {"serial": FAR}, headers={PROOF_HEADER: secret})
            is_problem(refused, 429)
            is_guarded(refused)
            assert int(refused["Retry-After"]) > 0
        page = server.post_form("/en/check", FORMS["not affected"].fields)
        assert page.status == 429
        is_guarded(page)
        is_kept_by_nobody(page)
        holds_nothing_inline(page)

    @pytest.mark.parametrize("name", ADDRESSES)
    def test_every_method_gets_a_guarded_answer(self, server: Server, name: str) -> None:
        for method in METHODS:
            response = server.request(method, ADDRESSES[name])
            assert response.status < 500, method
            is_guarded(response, path=ADDRESSES[name])

    @pytest.mark.parametrize("path", ["/en/no-such-page", "/no-such-page", "/api/nothing", "/%00"])
    def test_what_is_not_there_is_guarded(self, server: Server, path: str) -> None:
        response = server.get(path)
        assert response.status in (302, 404)
        is_guarded(response)

    @pytest.mark.parametrize("name", ADDRESSES)
    def test_another_host_name_is_refused(self, server: Server, name: str) -> None:
        for host in ELSEWHERE:
            response = server.get(ADDRESSES[name], headers={"Host": host})
            is_guarded(response)
            if ADDRESSES[name].startswith("/api/"):
                is_problem(response, 400)
            else:
                assert response.status == 400, host
            assert not host or host.encode() not in response.body

    @pytest.mark.parametrize("host", ELSEWHERE)
    def test_a_check_under_another_host_name_is_refused(self, server: Server, host: str) -> None:
        response = server.post_json(CHECKS, {"serial": AFFECTED}, headers={"Host": host})
        is_problem(response, 400)
        is_guarded(response)
        assert AFFECTED.encode() not in response.body

    @pytest.mark.parametrize("path", sorted({form.path for form in FORMS.values()}))
    def test_a_form_from_elsewhere_is_refused(self, server: Server, path: str) -> None:
        for origin in ("https://elsewhere.example", "null", "https://testserver"):
            response = server.post_form(path, {"serial": AFFECTED}, headers={"Origin": origin})
            assert response.status == 403
            is_guarded(response, path=path)
            is_kept_by_nobody(response)

    @pytest.mark.parametrize("name", KEPT)
    def test_so_is_what_depends_on_what_was_kept(self, server: Server, name: str) -> None:
        tag = server.get(KEPT[name])["ETag"]
        same = server.get(KEPT[name], headers={"If-None-Match": tag})
        assert (same.status, same.body) == (304, b"")
        is_guarded(same)
        for header, value in CONDITIONS.items():
            refused = server.get(KEPT[name], headers={header: value})
            is_guarded(refused)
            if KEPT[name].startswith("/api/"):
                is_problem(refused, 412)
            else:
                assert refused.status == 412

    def test_over_tls_browsers_are_told_to_stay_there(self, secure_server: Server) -> None:
        for path in ("/en/", "/api/v1/recalls", "/no-such-page"):
            kept = secure_server.get(path, secure=True)["Strict-Transport-Security"]
            assert int(kept.removeprefix("max-age=")) >= 31_536_000
        answered = secure_server.post_json(CHECKS, {"serial": FAR}, secure=True)
        assert answered.status == 200
        assert answered["Strict-Transport-Security"]

    def test_no_answer_names_the_software_behind_it(self, server: Server) -> None:
        for path in ADDRESSES.values():
            response = server.get(path)
            assert response.all("Server") == response.all("X-Powered-By") == []
