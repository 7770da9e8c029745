"""Made-up lists of collection sites."""

import json
from pathlib import Path
from typing import Any

from recalldesk.accounts.models import Staff
from recalldesk.disposal.importing.run import Asked, SitesTaken, import_sites
from recalldesk.disposal.importing.site_rows import Usual
from recalldesk.disposal.models import CollectionSite
from recalldesk.disposal.states import SiteKind

HEADS = (
    "id,name,kind,address,city,state,zip,country,phone,hours,residents only,takes,checked on,"
    "checked by,latitude,longitude"
)
CAMBRIDGE = (
    'A-1,Madeup Yard (made up),HHW,"1 Madeup Street",Cambridge,MA,02139,US,617-555-0101,'
    "Sat 9-12,yes,ask,2026-10-02,Made-up caller,42.3600,-71.1000"
)


def written(folder: Path, *lines: str, name: str = "sites.csv", encoding: str = "utf-8") -> Path:
    """A file of these lines."""
    path = folder / name
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def feature(longitude: object, latitude: object, **properties: object) -> dict[str, Any]:
    """One of GeoJSON."""
    point = {"type": "Point", "coordinates": [longitude, latitude]}
    return {"type": "Feature", "geometry": point, "properties": properties}


def features(folder: Path, *each: object, name: str = "sites.geojson", **more: object) -> Path:
    """A file of features."""
    path = folder / name
    whole = {"type": "FeatureCollection", "features": list(each)} | more
    path.write_text(json.dumps(whole))
    return path


def take(path: Path, by: Staff, *, country: str = "", **asked: Any) -> SitesTaken:
    """A list, taken in."""
    return import_sites(path=path, by=by, asked=Asked(usual=Usual(country=country), **asked))


def figures(taken: SitesTaken) -> tuple[int, ...]:
    """Lines, heading, accepted, rejected, duplicate, blank."""
    tally = taken.tally
    return (
        taken.lines,
        tally.heading,
        tally.accepted,
        tally.rejected,
        tally.duplicate,
        tally.blank,
    )


def site(latitude: float, longitude: float, number: int = 1, **changed: Any) -> CollectionSite:
    """A made-up site, not yet saved."""
    values: dict[str, Any] = {
        "identity": f"{number:064x}",
        "name": f"Madeup site {number}",
        "kind": SiteKind.HAZARDOUS_WASTE,
        "address": f"{number} Madeup Street",
        "country": "US",
        "latitude": latitude,
        "longitude": longitude,
    }
    return CollectionSite(**(values | changed))
