"""A call: check a serial, note the contact, enter the claim, tell of danger; all on one page.

Guarantees: what is typed stays in the form, whatever is done or refused; a serial goes with the
form only, never in an address; each button pressed twice does its work once.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_http_methods

from recalldesk.claims.desk.contacts import record_contact
from recalldesk.claims.desk.entering import Entered, enter_claim
from recalldesk.claims.errors import FieldProblem, FieldsRefused, NotComplete
from recalldesk.claims.models import Contact
from recalldesk.claims.states import UnitReading
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.calls.answer import ask_by_phone, packed, said_of, unpacked
from recalldesk.console.calls.form import CallForm, DeskForm
from recalldesk.console.calls.incident import StoryForm
from recalldesk.console.calls.refusals import MISSING
from recalldesk.console.calls.script import script_of
from recalldesk.foundation.serial_form import normalise
from recalldesk.incidents.actions import tell_more
from recalldesk.incidents.by_desk import obtain_from_contact
from recalldesk.incidents.form_reading import Row, one_more
from recalldesk.incidents.models import Incident
from recalldesk.incidents.reporting import staff_told
from recalldesk.outreach.calling.claiming import tie_claim
from recalldesk.recalls.document.firm import Brand
from recalldesk.recalls.document.product import Product
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import LiveRecall, live_recalls
from recalldesk.recalls.wording import country_name, locale_of
from recalldesk.units.errors import AnswerUnavailable
from recalldesk.units.verdict.answer import Answer, Verdict

SALT = "recalldesk.console.danger"
NONCE = 24


@dataclass(repr=False)
class Call:
    """One call as the form tells of it. `gave`: the serial that was asked about last; `called`: the
    mark of a call to a purchaser in which it is."""

    request: DeskRequest
    recalls: list[LiveRecall]
    live: LiveRecall
    language: str
    country: str
    form: CallForm
    story: StoryForm
    nonce: str
    answer: Answer | None
    second_look: str
    gave: str
    incident_id: int | None
    called: str = ""
    is_unavailable: bool = False
    problems: list[str] = field(default_factory=list)
    keeps_serial: bool = True

    @property
    def serial(self) -> str:
        """The serial of the unit: as typed last, else as it was asked about."""
        return self.form.text("serial") or self.gave

    @property
    def products(self) -> tuple[Product, ...]:
        """The product that was named, or all of the recall."""
        by_key = self.live.document.product_by_key
        named = by_key.get(self.form.text("product"))
        return (named,) if named else self.live.document.products

    @property
    def brand(self) -> Brand:
        """The brand under which the caller knows it, as far as it was said."""
        return self.live.document.brand_of(self.products[0].key)


@require_http_methods(["GET", "HEAD", "POST"])
def phone(request: DeskRequest) -> HttpResponse:
    """The page of a call, and what its buttons do."""
    recalls = live_recalls()
    sent = request.POST if request.method == "POST" else request.GET
    named = sent.get("recall", "")
    live = next((each for each in recalls if each.slug == named), None)
    if live is None and len(recalls) == 1:
        live = recalls[0]
    if live is None:
        return page(request, "phone_recall.html", {"recalls": recalls, "named": named})
    call = _call(request, recalls, live)
    if request.method != "POST":
        return _shown(call)
    return DOES.get(sent.get("do", ""), _show)(call)


def _call(request: DeskRequest, recalls: list[LiveRecall], live: LiveRecall) -> Call:
    sent = request.POST if request.method == "POST" else request.GET
    document = live.document
    language = sent.get("language", "")
    if language not in dict(settings.LANGUAGES):
        language = document.languages[0]
    country = sent.get("country", "")
    if country not in document.countries:
        country = document.countries[0]
    is_sent = request.method == "POST"
    posted = request.POST.dict()
    typed = {"data": request.POST.copy()} if is_sent else {}
    nonce = posted.get("nonce", "")[:64] or get_random_string(NONCE)
    return Call(
        request=request,
        recalls=recalls,
        live=live,
        language=language,
        country=country,
        form=CallForm(
            document=document,
            country=country,
            language=language,
            **typed,
        ),
        story=StoryForm(country=country, **typed),
        nonce=nonce,
        answer=unpacked(posted.get("answer", ""), call=nonce),
        second_look=posted.get("second_look", "")[:2000],
        gave=posted.get("gave", ""),
        incident_id=_incident_in(posted.get("incident", "")),
        called=posted.get("called", "")[:200],
    )


def _incident_in(token: str) -> int | None:
    try:
        return int(signing.loads(token, salt=SALT)) if token else None
    except signing.BadSignature:
        return None


def _show(call: Call) -> HttpResponse:
    """The same again, in another language or for another country."""
    return _shown(call)


def _enter(call: Call) -> HttpResponse:
    """The key Enter, wherever it was struck: a check, where there is something new to check."""
    typed = normalise(call.form.text("serial"))
    known = call.answer
    is_new = known is None or known.verdict is Verdict.LOOK_AGAIN or typed != known.read_as
    return _check(call) if typed and is_new else _shown(call)


def _check(call: Call) -> HttpResponse:
    serial = call.form.text("serial")
    if not normalise(serial):
        call.form.show(FieldsRefused({"serial": FieldProblem.MISSING}))
        return _shown(call, status=422)
    call.gave = serial
    try:
        call.answer = ask_by_phone(
            serial,
            models=[each.model for each in call.products],
            second_look=call.second_look,
        )
    except AnswerUnavailable:
        call.answer, call.is_unavailable = None, True
        return _shown(call)
    call.second_look = call.answer.second_look
    call.keeps_serial = call.answer.verdict is not Verdict.LOOK_AGAIN
    return _shown(call)


def _note(call: Call) -> HttpResponse:
    """The contact alone."""
    form = call.form

    def noted() -> Contact:
        return record_contact(
            recall=Recall.objects.get(pk=call.live.recall_id),
            by=call.request.user,
            channel=form.way,
            about=form.subject,
            nonce=call.nonce,
            note=form.text("note"),
            happened_at=form.moment,
        )

    return _done(call, noted, "The contact is noted.")


def _claim(call: Call) -> HttpResponse:
    """The contact and the claim."""

    def entered() -> Contact:
        if missing := _missing(call):
            raise FieldsRefused(missing)
        filing = enter_claim(
            live=call.live,
            entered=_entered(call),
            channel=call.form.way,
            by=call.request.user,
            nonce=call.nonce,
        )
        tie_claim(call.called, filing)
        return filing.contacts.order_by("pk")[0]

    return _done(call, entered, "The claim is entered.")


def _missing(call: Call) -> dict[str, FieldProblem]:
    """All that no claim can be entered without, at once: the caller is asked but once more."""
    form = call.form
    missing = {name: FieldProblem.MISSING for name in ("name", "remedy") if not form.text(name)}
    if form.text("reading") != UnitReading.UNREADABLE and not call.serial:
        missing["serial"] = FieldProblem.MISSING
    if not (form.text("email") or form.text("phone") or form.has_address):
        missing["email"] = FieldProblem.NO_WAY_TO_REACH
    if not call.request.POST.get("agreed"):
        missing["agreed"] = FieldProblem.MISSING
    return missing


def _entered(call: Call) -> Entered:
    form = call.form
    typed = form.text("reading")
    reading = UnitReading(typed) if typed in UnitReading.values else UnitReading.SERIAL
    is_read = reading is not UnitReading.UNREADABLE and call.serial
    return Entered(
        brand=call.brand.key,
        language=call.language,
        country=call.country,
        name=form.text("name"),
        remedy_key=form.text("remedy"),
        serials=(call.serial,) if is_read else (),
        reading=reading,
        product=form.text("product"),
        email=form.text("email"),
        phone=form.text("phone"),
        address=form.address,
        payee_kind=form.text("payee_kind"),
        payee=form.payee,
        note=form.text("note"),
        happened_at=form.moment,
    )


def _danger(call: Call) -> HttpResponse:
    """Danger is noted before anything is asked; then how to reach the caller."""
    incident = obtain_from_contact(
        live=call.live,
        language=call.language,
        by=call.request.user,
        channel=call.form.way,
        nonce=call.nonce,
    )
    call.incident_id = incident.pk
    return _shown(call)


def _one_more(call: Call) -> HttpResponse:
    """One more person who was hurt, or thing that was damaged; nothing is kept yet."""
    data = call.request.POST.copy()
    for name, count in one_more(lambda name: str(data.get(name, "")), Row(str(data["do"]))).items():
        data[name] = count
    call.story = StoryForm(country=call.country, data=data)
    return _shown(call)


def _told(call: Call) -> HttpResponse:
    """What the caller told of an incident, and how to reach them where they said so."""
    number = call.incident_id
    if number is None:
        return _danger(call)

    def told() -> Contact:
        try:
            return _keep(call, number)
        except FieldsRefused as refused:
            raise FieldsRefused({_FIELD.get(k, k): v for k, v in refused.fields.items()}) from None

    words = "The desk is told, and a claim is made that a person takes."
    return _done(call, told, words if _reaches(call) else "What they told is kept.")


def _reaches(call: Call) -> str:
    return call.form.text("email") or call.form.text("phone")


@transaction.atomic
def _keep(call: Call, number: int) -> Contact:
    """What was told, and how to reach the caller, together or not at all."""
    form, by = call.form, call.request.user
    product = call.products[0].key if len(call.products) == 1 else ""
    read = call.story.read(account=form.text("note"), serial=call.serial, product=product)
    contact = _reaches(call)
    problems = dict(read.problems)
    if contact:  # to know how to reach them is enough
        problems = {k: v for k, v in problems.items() if v is not FieldProblem.NOTHING_TOLD}
    if problems:
        raise FieldsRefused(problems)
    incident = Incident.objects.get(pk=number)
    if contact or not call.request.POST.get("no_contact"):
        incident = tell_more(
            incident_id=number,
            live=call.live,
            brand=call.brand.key,
            name=form.text("name"),
            contact=contact,
            account=form.text("note"),
            serial=call.serial,
        )
    staff_told(incident_id=number, story=read.story, by=by)
    assert incident.contact is not None
    return incident.contact


_FIELD = {"contact": "phone", "account": "note"}


def _of_form(form: DeskForm, refused: FieldsRefused) -> dict[str, FieldProblem]:
    return {k: v for k, v in refused.fields.items() if k in form.fields}


def _done(call: Call, does: Callable[[], Contact], words: str) -> HttpResponse:
    try:
        contact = does()
    except FieldsRefused as refused:
        call.form.show(FieldsRefused(_of_form(call.form, refused)))
        call.story.show(FieldsRefused(_of_form(call.story, refused)))
        return _shown(call, status=422)
    except NotComplete as lacking:
        call.problems = [MISSING[step] for step in lacking.missing]
        return _shown(call, status=422)
    messages.success(call.request, words)
    return HttpResponseRedirect(reverse("console:contact", args=[contact.pk]), status=303)


DOES: dict[str, Callable[[Call], HttpResponse]] = {
    "enter": _enter,
    "check": _check,
    "show": _show,
    "contact": _note,
    "claim": _claim,
    "danger": _danger,
    "told": _told,
    "person": _one_more,
    "thing": _one_more,
}


def _shown(call: Call, *, status: int = 200) -> HttpResponse:
    document, form = call.live.document, call.form
    if not call.keeps_serial and isinstance(form.data, QueryDict):
        form.data["serial"] = ""  # to be read anew, not confirmed
    locale = locale_of("en")
    values: dict[str, Any] = {
        "call": call,
        "form": form,
        "story": call.story,
        "script": script_of(document, language=call.language, country=call.country),
        "said": said_of(call.answer, products=call.products, language=call.language)
        if call.answer
        else None,
        "answer": packed(call.answer, call=call.nonce) if call.answer else "",
        "incident": signing.dumps(call.incident_id, salt=SALT) if call.incident_id else "",
        "languages": settings.LANGUAGES,
        "countries": [(code, country_name(code, locale)) for code in document.countries],
        "is_elsewhere": _is_elsewhere(call),
    }
    return page(call.request, "phone.html", values, status=status)


def _is_elsewhere(call: Call) -> bool:
    """Whether the serial is in another recall than the one whose script is shown."""
    found = call.answer
    if found is None or found.verdict is not Verdict.AFFECTED:
        return False
    return call.live.slug not in {
        each.recall for each in found.recalls if each.verdict is Verdict.AFFECTED
    }
