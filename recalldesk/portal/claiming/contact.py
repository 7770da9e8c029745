"""The step in which owners say who they are, and how to reach them."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext, gettext_lazy

from recalldesk.claims.completeness import Step, lacks_email
from recalldesk.claims.contacts import shown_phone
from recalldesk.claims.drafting import give_contact
from recalldesk.claims.errors import FieldProblem, FieldsRefused
from recalldesk.claims.reads import SeenFiling
from recalldesk.mailing.texts import are_texts_sent
from recalldesk.outreach.answering.on_file import OnFile
from recalldesk.portal.claiming.forms import ClaimForm, choice_field, text_field
from recalldesk.portal.claiming.steps import anew, lead_on, step_page, step_url, step_values
from recalldesk.portal.claiming.visitor import Visitor
from recalldesk.portal.told.filled_in import filled_in, offered_to
from recalldesk.portal.views.answering import page
from recalldesk.recalls.wording import country_name, locale_of


class ContactForm(ClaimForm):
    """Name, e-mail address and phone number; the country where the recall has several."""

    name = text_field(gettext_lazy("Your name"), autocomplete="name")
    email = text_field(
        gettext_lazy("E-mail"),
        autocomplete="email",
        kind="email",
        attributes={"inputmode": "email", "autocapitalize": "none", "dir": "ltr"},
    )
    phone = text_field(
        gettext_lazy("Phone"),
        autocomplete="tel",
        kind="tel",
        hint=gettext_lazy("With its area code. One of the two is enough."),
        attributes={"dir": "ltr"},
    )


def _form(seen: SeenFiling, known: OnFile, sent: object = None) -> ContactForm:
    """`known`: what a shop's records say, where nothing was given yet."""
    is_new = not seen.name
    initial = {
        "country": seen.filing.country,
        "name": seen.name or known.name,
        "email": known.email if is_new else seen.email,
        "phone": shown_phone(seen.phone) if seen.phone else known.phone if is_new else "",
    }
    form = ContactForm(data=sent, initial=initial)
    countries = seen.document.countries
    if len(countries) > 1:
        form.fields = {"country": country_field(countries), **form.fields}
    if sent is None:
        wanted = "email" if lacks_email(seen.document, seen.facts) else next(iter(form.fields))
        form.fields[wanted].widget.attrs["autofocus"] = True
    if not are_texts_sent():
        form.fields["phone"].help_text = gettext(
            "With its area code. With a phone number alone we call you: give an e-mail address as "
            "well if you want to come back here by yourself."
        )
    return form


def country_field(countries: tuple[str, ...]) -> forms.ChoiceField:
    """Asks for one of the recall's countries."""
    locale = locale_of(get_language() or "en")
    named = [(code, country_name(code, locale)) for code in countries]
    field = choice_field(
        gettext("Country"), [("", gettext("Choose")), *named], autocomplete="country"
    )
    field.help_text = gettext("Where you live. It decides which remedies are offered to you.")
    return field


def _lacks_email(visitor: Visitor) -> bool:
    return lacks_email(visitor.seen.document, visitor.seen.facts)


@step_page(Step.YOU)
def you(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Who the owner is."""
    known = filled_in(visitor)
    form = _form(visitor.seen, known, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            give_contact(filing_id=visitor.filing.pk, opened=visitor.opened, **form.texts())
        except FieldsRefused as refused:
            form.show(refused)
        else:
            visitor = anew(visitor)
            if not _lacks_email(visitor):
                return lead_on(visitor)
            form.show(FieldsRefused({"email": FieldProblem.NO_EMAIL_FOR_REMEDY}))
    values = step_values(request, visitor, Step.YOU) | {
        "form": form,
        "lacks_email": _lacks_email(visitor),
        "remedy_url": step_url(visitor, Step.REMEDY),
        "on_file": offered_to(visitor) if not visitor.seen.name else "",
        "is_filled_in": not (known.is_empty or visitor.seen.name),
    }
    frame = visitor.frame(request)
    return page(request, "claims/you.html", values, frame=frame, status=422 if form.errors else 200)
