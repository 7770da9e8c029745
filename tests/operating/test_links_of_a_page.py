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
