"""What axe minds of a page as it stands in a browser, and of each document framed in it."""

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import ElementHandle, Frame, Page

Minds = list[tuple[str, list[Any]]]

EVERY_RULE: Sequence[str] = ()
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""The rules of the levels that the site of owners keeps, and what is good practice."""
OF_WHOLE_PAGES = ("bypass", "document-title", "landmark-one-main", "page-has-heading-one", "region")
"""What a document that is framed in a page has from the page."""
RUN = """async ([tags, off]) => {
    const options = {resultTypes: ["violations"], iframes: false}
    if (tags.length) options.runOnly = {type: "tag", values: tags}
    options.rules = Object.fromEntries(off.map((rule) => [rule, {enabled: false}]))
    const found = await axe.run(options)
    return found.violations.map((each) => [each.id, each.nodes.map((node) => node.target)])
}"""


def what_axe_minds(page: Page, tags: Sequence[str] = EVERY_RULE) -> Minds:
    """Rules that the page breaks, each with where; none if it is clear to all.

    Of each frame its document is looked at by itself, once it is there. axe's own way, to post a
    message into it, would be refused by a document that has another origin, as one in a sandbox
    has, or that has not come yet; and nothing in a frame answers it, since axe is not there.
    """
    found = _minded(page.main_frame, tags, ())
    for place in page.query_selector_all("iframe"):
        if place.is_visible():
            found += _minded_in(page, place, tags)
    return found


def _minded(document: Frame, tags: Sequence[str], off: Sequence[str]) -> Minds:
    # A click may have led to a document that has only begun: axe, asked there, fails.
    document.wait_for_load_state("load")
    document.evaluate(AXE_SCRIPT)
    return [(rule, where) for rule, where in document.evaluate(RUN, [[*tags], [*off]])]


def _minded_in(page: Page, place: ElementHandle, tags: Sequence[str]) -> Minds:
    """A frame may load only when somebody comes near."""
    place.scroll_into_view_if_needed()
    framed = place.content_frame()
    assert framed is not None
    framed.wait_for_url(lambda address: address not in ("", "about:blank"))
    if place.get_attribute("sandbox") is None:
        return _minded(framed, tags, OF_WHOLE_PAGES)
    # No script runs in a sandbox, axe neither: the same document stands in a tab, as large, and in
    # the light that its place gives it.
    tab = page.context.new_page()
    box = place.bounding_box()
    assert box is not None
    tab.set_viewport_size({"width": int(box["width"]), "height": int(box["height"])})
    if (light := place.evaluate("it => getComputedStyle(it).colorScheme")) in ("light", "dark"):
        tab.emulate_media(color_scheme=light)
    tab.goto(framed.url)
    found = _minded(tab.main_frame, tags, OF_WHOLE_PAGES)
    tab.close()
    return found
