"""The OpenAPI description that an application gives of itself, as schemathesis reads and tries it.

Every check of schemathesis is on. The same examples come in every run. RECALLDESK_FUZZ sets another
number of them for each operation; they then differ from run to run.
"""

import os
from typing import Any

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.openapi.checks import RejectedPositiveData
from schemathesis.specs.openapi.schemas import OpenApiSchema

from tests.cast import AFFECTED, FAR, LOOK_ALIKE, SLIP, SLUG
from tests.contracts.wsgi import Application, served

DESCRIPTION = "/api/v1/openapi.json"
WANTED = os.environ.get("RECALLDESK_FUZZ", "")
EXAMPLES = int(WANTED or 50)
ANSWERED = ["2xx", "3xx", "4xx"]
UNAVAILABLE = "503"
"""Documented, and what must be answered while something is away; elsewhere it is a failure."""
PLAIN = {"Accept-Encoding": "identity"}
"""Schemathesis does not unpack what a WSGI application packed."""

KNOWN = {
    "serials": {"values": [AFFECTED, LOOK_ALIKE, SLIP, FAR, f"SN {AFFECTED}"]},
    "recalls": {"values": [SLUG]},
}
"""What chance would hardly come upon, and so leads to all that is answered."""
COMES_UPON = {
    place: {"dictionary": name, "probability": 0.4}
    for place, name in (
        ("body.serial", "serials"),
        ("body.checks[*].serial", "serials"),
        ("path.slug", "recalls"),
    )
}


def described(application: Application, *, may_be_away: bool = False) -> OpenApiSchema:
    """The description by this application."""
    answered = [*ANSWERED, UNAVAILABLE] if may_be_away else ANSWERED
    config = SchemathesisConfig.from_dict(
        {
            **({} if WANTED else {"seed": 1}),
            "headers": PLAIN,
            "dictionaries": KNOWN,
            "parameters": COMES_UPON,
            "generation": {
                "deterministic": not WANTED,
                "database": "none",
                "max-examples": EXAMPLES,
            },
            # All examples of an operation share one database, with the recall in it.
            "suppress-health-check": ["all"],
            "checks": {"not_a_server_error": {"expected-statuses": answered}},
        }
    )
    schema = schemathesis.openapi.from_wsgi(DESCRIPTION, application, config=config)
    schema.hook(filter_failure)
    return schema


def both(**options: bool) -> dict[str, OpenApiSchema]:
    """The descriptions by the application that is served, and by Django without the lane."""
    return {
        "lane": described(served().application, **options),
        "django": described(served().django_alone, **options),
    }


def filter_failure(_context: Any, failure: Any, _case: Any, response: Any) -> bool:
    """Whether a failure is one.

    A token that is not ours is refused (400), and no schema can say which are: all that is of the
    form is "valid" to schemathesis.
    """
    return not (
        isinstance(failure, RejectedPositiveData)
        and response.status_code == 400
        and response.json()["type"] == "urn:recalldesk:problem:second-look"
    )
