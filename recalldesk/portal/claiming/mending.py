"""Where the remedy goes is changed, until it is ordered, by whoever gave a code mailed just now.

Guarantee: what is on file is shown to nobody who has not given such a code.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext, gettext_lazy

from recalldesk.claims.access import is_fresh
from recalldesk.claims.addresses import address_fields
from recalldesk.claims.errors import FieldsRefused, NotPossibleNow
from recalldesk.claims.following import mend_details
from recalldesk.claims.payees import PayeeKind, payee_kinds
from recalldesk.claims.reads import SeenFiling
from recalldesk.claims.remedies_offered import Need, needs_of, remedy_named
from recalldesk.claims.states import FreshFor
from recalldesk.foundation import clock
from recalldesk.portal.claiming.details import address_field
from recalldesk.portal.claiming.forms import ClaimForm, choice_field, text_field
from recalldesk.portal.claiming.payee_words import PAYEE_FIELDS
from recalldesk.portal.claiming.status import done
from recalldesk.portal.claiming.visitor import Visitor, filed_page, go_to
from recalldesk.portal.views.answering import page

WAYS = {
    PayeeKind.US_ACCOUNT: gettext_lazy("To a bank account"),
    PayeeKind.IBAN: gettext_lazy("To a bank account"),
    PayeeKind.CHECK: gettext_lazy("A check by mail, to the address below"),
}


@dataclass(frozen=True)
class Asked:
    """What the remedy needs: which fields belong to the address, and which to the payee."""

    form: ClaimForm
    address: tuple[str, ...]
    payee: tuple[str, ...]

    def given(self, names: tuple[str, ...]) -> dict[str, str] | None:
        """What was typed into these fields; None where there are none."""
        return {name: self.form.text(name) for name in names} if names else None


@filed_page(posts=True)
def mend(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The address and the payee, to be changed."""
    seen = visitor.seen
    remedy = remedy_named(seen.document, seen.filing.country, seen.filing.remedy_key)
    needs = needs_of(remedy)
    if not needs:
        return done(visitor, "nothing-to-change")
    if not seen.can_be_mended:
        return done(visitor, "too-late")
    if not is_fresh(visitor.opened, clock.now()):
        purpose = FreshFor.PAYEE if Need.PAYEE in needs else FreshFor.ADDRESS
        return go_to(visitor, "claim_code", purpose)
    asked = _asked(seen, needs, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            mend_details(
                opened=visitor.opened,
                address=asked.given(asked.address),
                payee_kind=asked.form.text("payee_kind"),
                payee=asked.given(asked.payee),
            )
            return done(visitor, "mended")
        except FieldsRefused as problem:
            asked.form.show(problem)
        except NotPossibleNow:
            return done(visitor, "too-late")
    values = {"visitor": visitor, "subject": visitor.subject, "form": asked.form, "remedy": remedy}
    status = 422 if asked.form.is_bound else 200
    frame = visitor.frame(request)
    return page(request, "claims/mend.html", values, frame=frame, status=status)


def _asked(seen: SeenFiling, needs: tuple[Need, ...], sent: QueryDict | None) -> Asked:
    country = seen.filing.country
    initial = {"account_holder": seen.name, **seen.address, **seen.payee}
    form = ClaimForm(data=sent, initial=initial | {"payee_kind": seen.payee.get("kind", "")})
    payee: list[str] = []
    kinds = payee_kinds(country) if Need.PAYEE in needs else ()
    if kinds:
        choices = [(kind.value, str(WAYS[kind])) for kind in kinds]
        form.fields["payee_kind"] = choice_field(gettext("How the money goes"), choices)
    for kind in kinds:
        for name, field in PAYEE_FIELDS[kind].items():
            form.fields[name] = text_field(**field)
            payee.append(name)
    by_post = Need.ADDRESS in needs or PayeeKind.CHECK in kinds
    fields = address_fields(country) if by_post else ()
    for each in fields:
        form.fields[each.name] = address_field(each)
    return Asked(form, tuple(each.name for each in fields), tuple(payee))
