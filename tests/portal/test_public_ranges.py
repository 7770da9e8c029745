"""What a recall's page shows of its scope: nothing, but where the recall file says public."""

from tests.portal.conftest import Owner


def test_ranges_of_vehicles_stand_on_their_page(owner: Owner) -> None:
    page = owner.sees("/en/recalls/made-up-vehicles/").content.decode()
    assert "ZZ9CAB12K00100001" in page
    assert "ZZ9CAB12K99999" in page


def test_no_other_recall_shows_a_serial(owner: Owner) -> None:
    for slug in ("anker-a1263", "baseus-bs30kp365", "soundcore-a3102-a3302"):
        page = owner.sees(f"/en/recalls/{slug}/").content.decode()
        assert "The recalled serial numbers" not in page
    assert owner.recalled() not in owner.sees("/en/recalls/anker-a1263/").content.decode()
