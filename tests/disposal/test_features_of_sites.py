"""Lists of sites in GeoJSON: every feature is accounted for, and what is none is told apart."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.disposal.importing.feature_count import count_features
from recalldesk.disposal.models import CollectionSite
from recalldesk.disposal.states import LineReason, SiteKind, Takes
from recalldesk.foundation.problem import Problem
from tests.cast import Cast
from tests.disposal.lists import feature, features, figures, take

pytestmark = pytest.mark.django_db
R = LineReason
YARD = {"name": "Madeup Yard", "addr:street": "Madeup Street", "addr:housenumber": "1"}


def test_points_come_in_by_their_own_position(cast: Cast, tmp_path: Path) -> None:
    one = feature(-71.1, 42.36, **YARD, opening_hours="Sa 09:00-12:00", residents_only=True)
    of_code = {"type": "Feature", "geometry": None, "properties": YARD | {"postcode": "02139"}}
    path = features(tmp_path, one, one, of_code)
    taken = take(path, cast.approver, country="US")
    assert (figures(taken), taken.of_features) == ((3, 0, 2, 0, 1, 0), True)
    site = CollectionSite.objects.order_by("pk")[0]
    assert (site.latitude, site.longitude, site.address) == (42.36, -71.1, "1 Madeup Street")
    assert (site.hours, site.residents_only, site.takes) == ("Sa 09:00-12:00", True, Takes.ASK)
    assert (site.kind, site.line) == (SiteKind.OTHER, 1)
    assert take(path, cast.approver, country="US").is_known


def test_each_feature_that_is_not_taken_is_told_with_its_reason(cast: Cast, tmp_path: Path) -> None:
    def shaped(geometry: object) -> dict[str, Any]:
        return {"type": "Feature", "geometry": geometry, "properties": YARD}

    told: list[tuple[object, LineReason]] = [
        (feature(42.36, -171.1, **YARD), R.SWAPPED),
        (feature(42.36, -71.1, **YARD, zip="02139"), R.SWAPPED),
        (feature(-191.1, 42.36, **YARD), R.OUT_OF_RANGE),
        (feature(1e300, 42.36, **YARD), R.NO_NUMBERS),
        (feature("-71.1", 42.36, **YARD), R.NO_NUMBERS),
        (feature(True, 42.36, **YARD), R.NO_NUMBERS),
        (
            shaped({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 0]]]}),
            R.NO_POINT,
        ),
        (shaped({"type": "Point", "coordinates": [7]}), R.NO_POINT),
        (shaped("POINT(1 2)"), R.NO_POINT),
        (shaped(None), R.NO_POSITION),
        ({"type": "Feature", "geometry": None, "properties": None}, R.NO_FEATURE),
        ("a text", R.NO_FEATURE),
        (7, R.NO_FEATURE),
        (None, R.NO_FEATURE),
    ]
    taken = take(features(tmp_path, *(each for each, _ in told)), cast.approver, country="US")
    assert [each.reason for each in taken.rejects] == [reason for _, reason in told]
    assert figures(taken) == (len(told), 0, 0, len(told), 0, 0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"type": "FeatureCollection", "features": [', "no JSON: line 1"),
        ('{"type": "FeatureCollection", "features": [NaN]}', "can be read"),
        ("[" * 100_000, "can be read"),
        ('{"type": "Feature"}', "'Feature', not a FeatureCollection"),
        ("[1, 2]", "not a FeatureCollection"),
        ('{"type": "FeatureCollection"}', "no list of features"),
        ('{"type": "FeatureCollection", "features": []}', "no feature"),
        (
            '{"type": "FeatureCollection", "features": [1], "crs": {"type": "name", "properties": '
            '{"name": "urn:ogc:def:crs:EPSG::25832"}}}',
            "another system",
        ),
    ],
)
def test_what_is_no_such_file_is_refused_in_words(
    text: str, words: str, cast: Cast, tmp_path: Path
) -> None:
    path = tmp_path / "sites.geojson"
    path.write_text(text)
    with pytest.raises(Problem, match=words):
        take(path, cast.approver)


def test_it_may_be_packed_and_must_be_utf_8(cast: Cast, tmp_path: Path) -> None:
    whole = features(tmp_path, feature(-71.1, 42.36, **YARD))
    packed = tmp_path / "sites.geojson.gz"
    packed.write_bytes(gzip.compress(whole.read_bytes()))
    assert take(packed, cast.approver, country="US").added == 1
    whole.write_bytes(whole.read_bytes().replace(b"Yard", b"Y\xe4rd"))
    with pytest.raises(Problem, match="UTF-8"):
        take(whole, cast.approver, country="US")


THINGS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.just("features"), inner),
    max_leaves=12,
)


@given(
    each=st.lists(THINGS),
    more=st.dictionaries(st.text(), THINGS),
    is_first=st.booleans(),
    indent=st.sampled_from([None, 2]),
)
def test_features_are_counted_whatever_stands_in_them(
    each: list[Any], more: dict[str, Any], *, is_first: bool, indent: int | None
) -> None:
    more.pop("features", None)
    whole = {"features": each} | more if is_first else more | {"features": each}
    assert count_features(json.dumps(whole, indent=indent).encode()) == len(each)
