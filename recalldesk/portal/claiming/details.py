"""The step that asks for what the chosen remedy needs: an address, or where money goes."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict

from recalldesk.claims.addresses import AddressField, address_fields
from recalldesk.claims.drafting import give_details
from recalldesk.claims.errors import FieldProblem, FieldsRefused
from recalldesk.claims.payees import PayeeKind, payee_kinds
from recalldesk.claims.reads import SeenFiling
from recalldesk.claims.remedies_offered import Need, needs_of, remedy_named
from recalldesk.claims.rules import Step
from recalldesk.portal.asking import LONGEST_FIELD
from recalldesk.portal.claiming.address_words import ADDRESS_LABELS, CHOOSE, EXAMPLE, OPTIONAL
from recalldesk.portal.claiming.forms import (
    PROBLEM_WORDS,
    ClaimForm,
    choice_field,
    text_field,
)
from recalldesk.portal.claiming.payee_words import PAYEE_FIELDS
from recalldesk.portal.claiming.steps import lead_on, see, step_page, step_url, step_values
from recalldesk.portal.claiming.visitor import Visitor
from recalldesk.portal.views.answering import page


def address_form(country: str, values: dict[str, str], sent: QueryDict | None = None) -> ClaimForm:
    """The fields of a country's addresses, in the order in which they are written there."""
    form = ClaimForm(data=sent, initial=values)
    for each in address_fields(country):
        form.fields[each.name] = address_field(each)
    return form


def address_field(each: AddressField) -> forms.Field:
    """One field of an address, called as its country calls it."""
    label = str(ADDRESS_LABELS.get(each.kind, ADDRESS_LABELS[each.name]))
    if not each.is_required:
        label = str(OPTIONAL) % {"label": label}
    if each.choices:
        choices = [("", str(CHOOSE)), *each.choices]
        return choice_field(label, choices, autocomplete=each.autocomplete)
    if each.name == "street_address":
        return text_field(
            label, autocomplete=each.autocomplete, area=True, attributes={"rows": "2"}
        )
    hint = str(EXAMPLE) % {"example": each.example} if each.example else ""
    code = {"dir": "ltr", "autocapitalize": "characters"} if each.name == "postal_code" else {}
    return text_field(label, autocomplete=each.autocomplete, hint=hint, attributes=code)


def payee_form(country: str, values: dict[str, str], sent: QueryDict | None = None) -> ClaimForm:
    """The fields of all ways in which money can go to a country."""
    form = ClaimForm(data=sent, initial=values)
    for kind in payee_kinds(country):
        for name, field in PAYEE_FIELDS[kind].items():
            form.fields[name] = text_field(**field)
    return form


@dataclass(frozen=True)
class Way:
    """One way for the money, with its own fields; `by_post` goes to the address."""

    kind: str
    names: tuple[str, ...]
    by_post: bool


def _ways(country: str) -> list[Way]:
    return [
        Way(kind.value, tuple(PAYEE_FIELDS[kind]), kind is PayeeKind.CHECK)
        for kind in payee_kinds(country)
    ]


@dataclass
class Asked:
    """What is asked: the forms, and the way of the money that is chosen."""

    country: str
    payee: ClaimForm | None
    address: ClaimForm | None
    chosen: str
    is_missing: bool = False

    @property
    def has_problems(self) -> bool:
        """Whether something cannot be taken."""
        return bool(self.problems)

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        """Where each problem is, the label of its field, and the problem."""
        found = []
        if self.is_missing:
            found.append(("way-1", "", str(PROBLEM_WORDS[FieldProblem.MISSING])))
        for form in (self.payee, self.address):
            for field in form or ():
                found += [
                    (field.id_for_label, str(field.label), str(error)) for error in field.errors
                ]
        return found


def _asked(seen: SeenFiling, sent: QueryDict | None) -> Asked | None:
    """None where the remedy needs nothing."""
    country = seen.filing.country
    needs = needs_of(remedy_named(seen.document, country, seen.filing.remedy_key))
    if not needs:
        return None
    kinds = payee_kinds(country) if Need.PAYEE in needs else ()
    known = {"account_holder": seen.name, **seen.payee}
    payee = payee_form(country, known, sent) if kinds else None
    by_post = Need.ADDRESS in needs or PayeeKind.CHECK in kinds
    address = address_form(country, seen.address, sent) if by_post else None
    chosen = seen.payee.get("kind") or (kinds[0].value if kinds else "")
    if sent is not None:
        chosen = str(sent.get("payee_kind", ""))[:LONGEST_FIELD]
    if sent is None and address is not None and payee is None:
        next(iter(address.fields.values())).widget.attrs["autofocus"] = True
    return Asked(country, payee, address, chosen)


@step_page(Step.DETAILS)
def details(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """What the remedy needs, and nothing else."""
    sent = request.POST if request.method == "POST" else None
    asked = _asked(visitor.seen, sent)
    if asked is None:
        return see(step_url(visitor, Step.REMEDY))
    if sent is not None and _is_kept(visitor, asked):
        return lead_on(visitor)
    values: dict[str, Any] = step_values(request, visitor, Step.DETAILS) | {
        "asked": asked,
        "ways": _ways(asked.country) if asked.payee else [],
        "remedy": remedy_named(visitor.seen.document, asked.country, visitor.filing.remedy_key),
    }
    status = 422 if asked.has_problems else 200
    return page(request, "claims/details.html", values, frame=visitor.frame(request), status=status)


def _is_kept(visitor: Visitor, asked: Asked) -> bool:
    """Keeps what was given; where it cannot be taken, puts each problem beside its field."""
    try:
        give_details(
            filing_id=visitor.filing.pk,
            address=asked.address.texts() if asked.address else None,
            payee_kind=asked.chosen,
            payee=asked.payee.texts() if asked.payee else None,
        )
    except FieldsRefused as refused:
        asked.is_missing = "payee_kind" in refused.fields
        for form in (asked.payee, asked.address):
            if form is not None:
                mine = {k: v for k, v in refused.fields.items() if k in form.fields}
                form.show(FieldsRefused(mine))
        return False
    return True
