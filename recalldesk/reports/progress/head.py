"""The head of a report, and how many units are affected: as the recall file states them."""

from collections.abc import Mapping
from dataclasses import dataclass

from recalldesk.foundation.problem import Problem
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.remedy import Jurisdiction
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import document_of, live_version, newest_version
from recalldesk.remedies.corrections.states import Level
from recalldesk.reports.corrections.reads import affected_units

UNITED_STATES = "US"


class NoReport(Problem):
    """There is nothing to make a report of."""


@dataclass(frozen=True)
class Head:
    """Empty where the recall file says nothing. `countries`: those of the recall, whose units are
    not told apart in what shops report; `made_up`: fields of the file that say so of themselves."""

    recall: str
    version: int
    case_number: str
    compliance_officer: str
    regulator: str
    firm: str
    product: str
    countries: tuple[str, ...]
    made_up: tuple[str, ...] = ()


@dataclass(frozen=True)
class Affected:
    """Units when the recall began, by level and in all; None where the file does not state it."""

    levels: Mapping[Level, int | None]
    total: int | None
    is_about: bool


def document_for(recall: Recall) -> tuple[Document, int]:
    """What the recall says, by its live version or its newest, and that version's number.

    Raises NoReport.
    """
    version = live_version(recall) or newest_version(recall)
    if version is None:
        raise NoReport(f"{recall.slug} has no version yet.", "Write its recall first.")
    return document_of(version), version.number


def head_of(recall: Recall, country: str = UNITED_STATES) -> Head:
    """The head, as the authority of a country wants it. Raises NoReport."""
    document, number = document_for(recall)
    part = jurisdiction_of(document, country)
    return Head(
        recall=recall.slug,
        version=number,
        case_number=part.case_number if part else "",
        compliance_officer=part.compliance_officer if part else "",
        regulator=part.regulator if part else "",
        firm=document.firm.legal_name or document.firm.name,
        product="; ".join(f"{each.names[0]}, model {each.model}" for each in document.products),
        countries=tuple(each.country for each in document.jurisdictions),
        made_up=document.made_up,
    )


def jurisdiction_of(document: Document, country: str) -> Jurisdiction | None:
    """The part of a country, or None where the recall has none there."""
    return next((each for each in document.jurisdictions if each.country == country), None)


def affected_of(recall: Recall) -> Affected:
    """Units of all countries of the recall: what is corrected is not told apart by country.

    Raises NoReport.
    """
    document, _ = document_for(recall)
    stated = affected_units([document])
    units = [each.units for each in document.jurisdictions]
    known = [each for each in units if each is not None]
    total = sum(known) if known and len(known) == len(units) else None
    return Affected(
        {level: stated.get(level) for level in Level},
        sum(stated.values()) if stated else total,
        any(each.units_are_about for each in document.jurisdictions),
    )
