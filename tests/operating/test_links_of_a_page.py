"""Where pages and stylesheets lead to."""

import pytest

from recalldesk.operating.stand_in.links import (
    links_of_page,
    links_of_styles,
    path_on_this_site,
)

PAGE = "/en/recalls/kettle/"


def test_everything_that_a_browser_follows_or_loads_is_found() -> None:
    html = (
        '<link href="/a.css"><script src="/b.js"></script><a href="c">x</a>'
        '<img src="/d.png" srcset="/e.png 1x, /f.png 2x"><video poster="/g.jpg">'
    )
    found = links_of_page(html).addresses
    assert found == ("/a.css", "/b.js", "c", "/d.png", "/e.png", "/f.png", "/g.jpg")


def test_where_a_form_is_sent_and_where_a_page_goes_by_itself_is_found() -> None:
    html = (
        '<form action="/a"><button formaction="/b">x</button></form>'
        '<meta http-equiv="Refresh" content="5; URL=\'/c\'">'
        '<meta http-equiv=refresh content="0;/d">'
    )
    assert links_of_page(html).addresses == ("/a", "/b", "/c", "/d")


@pytest.mark.parametrize(
    "html",
    [
        '<meta http-equiv="refresh" content="30">',
        '<meta name="description" content="5; url=/not-followed">',
        '<meta http-equiv="refresh">',
        "<meta content>",
    ],
)
def test_a_page_that_only_loads_itself_again_leads_nowhere(html: str) -> None:
    assert links_of_page(html).addresses == ()


@pytest.mark.parametrize("several", ["", " ", "/e.png 1x, ", ", /e.png 1x", "/e.png, ,"])
def test_a_blank_among_several_pictures_is_none(several: str) -> None:
    found = links_of_page(f'<img srcset="{several}">').addresses
    assert set(found) <= {"/e.png"}
    assert len(found) == int("/e.png" in several)


def test_a_form_is_seen_whatever_it_does() -> None:
    assert links_of_page("<p><form method=get>").has_form
    assert not links_of_page("<p>form</p>").has_form


def test_a_stylesheet_leads_to_what_it_loads() -> None:
    css = "a { background: url( '/x.svg' ) } @font-face { src: url(y.woff2) }"
    assert links_of_styles(css).addresses == ("/x.svg", "y.woff2")


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/es/", "/es/"),
        ("check", "/en/recalls/kettle/check"),
        ("../mixer/#top", "/en/recalls/mixer/"),
        ("/en/?a=b", "/en/?a=b"),
        ("", PAGE),
        ("#person", None),
        ("https://elsewhere.example/en/", None),
        ("//elsewhere.example/en/", None),
        ("tel:+15550100", None),
        ("mailto:a@b.example", None),
        ("data:,", None),
    ],
)
def test_an_address_is_a_path_of_this_site_or_none(address: str, path: str | None) -> None:
    assert path_on_this_site(address, page=PAGE) == path
