"""A brand's logo stands on its pages, from an address that may be kept; else its monogram."""

import re

from tests.portal.conftest import Owner


def test_the_logo_stands_on_the_brands_pages(owner: Owner) -> None:
    page = owner.sees("/en/recalls/made-up-vehicles/check").content.decode()
    found = re.search(r'src="(/theme/[0-9a-f]+/made-up-vehicles/brisa\.svg)"', page)
    assert found
    logo = owner.sees(found[1])
    assert logo.status_code == 200
    assert logo["Content-Type"] == "image/svg+xml"
    assert "immutable" in logo["Cache-Control"]
    assert "sandbox" in logo["Content-Security-Policy"]


def test_a_brand_without_one_shows_its_monogram(owner: Owner) -> None:
    page = owner.sees("/en/recalls/anker-a1263/check").content.decode()
    assert '<span class="mark" aria-hidden="true">A</span>' in page


def test_an_outlived_address_is_not_found(owner: Owner) -> None:
    for brand in ("made-up-vehicles/brisa", "anker-a1263/anker"):
        assert owner.sees(f"/theme/000000000000/{brand}.svg").status_code == 404
