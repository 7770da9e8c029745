"""Filings by the reference that a system before this one gave them.

Guarantees: it is read whatever case, spaces and dashes it is typed with, and, where it is nothing
but digits, with the zeros before it or without them, which spreadsheets take away; it opens
nothing.
"""

from recalldesk.claims.models import Filing, FormerReference
from recalldesk.claims.references import reference_in
from recalldesk.claims.states import FilingState
from recalldesk.foundation.serial_form import normalise
from recalldesk.sealing.fields_of_rows import digest, opened

LONGEST_REFERENCE = 60


def former_form(text: str) -> str:
    """A reference as it is compared; empty for what is none."""
    form = normalise(text) if len(text) <= LONGEST_REFERENCE else ""
    return (form.lstrip("0") or form[:1]) if form.isdecimal() else form


def former_digest(text: str) -> bytes:
    """The digest under which it is found; empty for what is no reference."""
    form = former_form(text)
    return digest(FormerReference, "digest", form) if form else b""


def spelled(text: str) -> str:
    """A reference as a system writes it, whatever case: two that differ in dashes may be two."""
    return " ".join(text.split()).casefold()


def is_spelled(filing: Filing, text: str) -> bool:
    """Whether the former system wrote the reference of a filing so."""
    former = former_of(filing)
    return bool(former) and spelled(former) == spelled(text)


def former_of(filing: Filing) -> str:
    """How the former system called it; empty where there was none, or it is erased."""
    row = FormerReference.objects.filter(filing=filing).first()
    return opened(row, "sealed_reference") if row else ""


def may_be_reference(text: str) -> bool:
    """Whether a claim may have this reference: one of ours, or, where claims were taken over, of
    whatever form. It is said of no text whether there is a claim of it."""
    return bool(reference_in(text)) or (
        bool(former_form(text)) and FormerReference.objects.exists()
    )


def filings_of_reference(text: str) -> list[int]:
    """The filings that have this reference, ours or a former one; two systems may have had it."""
    named = reference_in(text)
    ours = Filing.objects.filter(reference=named) if named else Filing.objects.none()
    found = list(ours.values_list("pk", flat=True))
    if (wanted := former_digest(text)) and not found:
        rows = FormerReference.objects.filter(digest=wanted).order_by("pk")
        found = list(rows.values_list("filing_id", flat=True))
    return found


def filings_to_come_back_to(text: str) -> list[Filing]:
    """The same, of which something is left."""
    rows = Filing.objects.filter(pk__in=filings_of_reference(text))
    return list(rows.exclude(state=FilingState.ERASED).select_related("version"))
