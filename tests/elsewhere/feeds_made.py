"""Feeds for tests: every entry is made up."""

import json
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parents[2] / "examples" / "feeds"
OF_CPSC = EXAMPLES / "made-up-cpsc.json"
OF_USA_GOV = EXAMPLES / "made-up-usa-gov.json"


def entry(number: str = "90001", **fields: Any) -> dict[str, Any]:
    """A made-up entry of the CPSC's form: kettles of the model K20, of another firm."""
    return {
        "RecallID": 990001,
        "RecallNumber": number,
        "RecallDate": "2024-03-07T00:00:00",
        "LastPublishDate": "2024-03-07T00:00:00",
        "Title": "Made-up Kettle Works Recalls Kettles",
        "Description": "This made-up recall involves kettles with model number K20.",
        "URL": f"https://www.example.org/made-up-recalls/{number}",
        "Manufacturers": [{"Name": "Made-up Kettle Works Inc.", "CompanyID": ""}],
    } | fields


def feed(folder: Path, *entries: Any, name: str = "feed.json") -> Path:
    """A file of the CPSC's form with these entries."""
    path = folder / name
    path.write_text(json.dumps(entries), encoding="utf-8")
    return path
