"""Features that were written to do harm cost themselves, and neither memory nor the rest."""

import contextlib
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

import pytest

from recalldesk.disposal.errors import SitesRefused
from recalldesk.disposal.importing.feature_count import count_features
from recalldesk.disposal.models import CollectionSite, SiteReject
from tests.cast import Cast
from tests.disposal.lists import feature, features, figures, take, written

GOOD = feature(-71.1, 42.36, name="Madeup Yard", address="1 Madeup Street")


@pytest.mark.django_db
@pytest.mark.parametrize("harm", ["\0", "\ud800", "\u202e"], ids=["nul", "surrogate", "override"])
def test_characters_that_no_text_has_cost_one_feature_at_most(
    harm: str, cast: Cast, tmp_path: Path
) -> None:
    bad = feature(-71.1, 42.36, name=f"Madeup{harm} Hall", address=f"2 Madeup{harm} Street")
    taken = take(features(tmp_path, GOOD, bad), cast.approver, country="US")
    accepted, rejected = figures(taken)[2:4]
    assert accepted + rejected == 2
    assert accepted >= 1
    assert SiteReject.objects.count() == rejected
    assert not CollectionSite.objects.filter(name__contains="\u202e").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("harm", ["\0", "\u202e"], ids=["nul", "override"])
def test_the_same_holds_for_a_line(harm: str, cast: Cast, tmp_path: Path) -> None:
    lines = ("name,address,zip", "Madeup Yard,1 Madeup Street,02139", f"Ma{harm}de,2 Street,02139")
    taken = take(written(tmp_path, *lines), cast.approver, country="US")
    accepted, rejected = figures(taken)[2:4]
    assert (accepted + rejected, accepted >= 1) == (2, True)
    assert not CollectionSite.objects.filter(name__contains="\u202e").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("depth", [200, 900, 940, 960, 980, 990])
def test_deep_values_are_taken_or_refused_in_words(depth: int, cast: Cast, tmp_path: Path) -> None:
    nested = "[" * depth + "]" * depth
    path = tmp_path / "deep.geojson"
    path.write_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": null,'
        f' "properties": {{"name": "Madeup", "id": 1, "zip": "02139", "deep": {nested}}}}}]}}'
    )
    with contextlib.suppress(SitesRefused):
        assert figures(take(path, cast.approver, country="US"))[2] == 1


def test_one_long_text_takes_little_memory() -> None:
    text = b'{"features": [{"x": "' + b"a" * 4_000_000 + b'"}]}'
    before = getrusage(RUSAGE_SELF).ru_maxrss
    assert count_features(text) == 1
    assert getrusage(RUSAGE_SELF).ru_maxrss - before < 200_000  # once: 120 bytes for each of it
