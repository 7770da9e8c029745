"""Why the demo publishes notices that lack what the law asks for.

The examples hold what was published, as far as it is known here, and nothing is made up in its
place that an owner could take for a fact. So their errors stay, and the demo's approver overrides
each.
"""

from collections.abc import Iterable, Mapping

from recalldesk.recalls.lint.findings import Finding

_NOT_KNOWN = "Demo: the facts published and known here do not say it, and none is made up."
REASONS: Mapping[str, str] = {
    "us-date": "Demo: the day of the announcement is not known here.",
    "us-photograph": "Demo: the firm's photographs are not ours to show; a drawing stands in.",
    "us-units": "Demo: the number of units is not known here.",
    "us-legal-name": _NOT_KNOWN,
    "us-firm-role": _NOT_KNOWN,
    "us-manufacturer": _NOT_KNOWN,
    "us-country-of-manufacture": _NOT_KNOWN,
    "us-dates-of-manufacture": _NOT_KNOWN,
    "us-price": _NOT_KNOWN,
    "us-incidents": "Demo: what happened is not known here, and nobody says that nothing did.",
    "us-injured": "Demo: how many of the reports speak of injuries is not known here.",
    "us-ages": "Demo: the published notice does not give the ages.",
    "us-dates-of-reports": "Demo: the published notice does not say when the CPSC was told.",
}


def reasons_for(findings: Iterable[Finding]) -> dict[str, str]:
    """The demo's reason for each finding, by its name. Raises KeyError for a rule without one."""
    return {finding.name: REASONS[finding.rule] for finding in findings}
