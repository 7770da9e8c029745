"""What the desk writes to owners, in the language in which they filed.

Guarantees: a letter holds no serial, no address and no name, only the reference and what comes next
with its day; each is written in the transaction that it tells of.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language_bidi, gettext, override

from recalldesk.claims.brands import brand_of, site_of
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.stages_in_words import code_words, promise_words, stage_words
from recalldesk.claims.states import ClaimState, FilingState
from recalldesk.claims.unit_lists.telling import is_told_lately
from recalldesk.mailing.actions import write_mail, write_sms
from recalldesk.mailing.letter import Letter
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from recalldesk.mailing.texts import are_texts_sent
from recalldesk.recalls import wording
from recalldesk.recalls.document import Document
from recalldesk.recalls.reads import document_of
from recalldesk.remedies.providers.codes.showing import ready_codes
from recalldesk.sealing.fields_of_rows import opened


def mail_link(*, filing: Filing, token: str) -> None:
    """The link by which a draft goes on, or a filed claim is seen."""
    with in_language_of(filing):
        if filing.state == FilingState.DRAFT and filing.is_list:
            send_letter(
                filing,
                Purpose.DRAFT_LINK,
                gettext("The answers to your list %(reference)s") % {"reference": filing.reference},
                (
                    gettext("Here you see the answer for each unit, and claim for all at once:"),
                    gettext("Until you know, do not use them."),
                ),
                button=(gettext("Open my list"), link_to(filing, token)),
                closing=(gettext("We keep your list for 30 days."), not_you()),
            )
            return
        if filing.state == FilingState.DRAFT:
            send_letter(
                filing,
                Purpose.DRAFT_LINK,
                gettext("Your claim %(reference)s is kept") % {"reference": filing.reference},
                (gettext("We keep what you have filled in for 30 days. Go on with it here:"),),
                button=(gettext("Go on with my claim"), link_to(filing, token)),
                closing=(not_you(),),
            )
            return
        send_letter(
            filing,
            Purpose.ACCESS_LINK,
            gettext("Your claim %(reference)s") % {"reference": filing.reference},
            (gettext("Here you see how your claim stands, and can write to us:"),),
            button=(gettext("Open my claim"), link_to(filing, token)),
            closing=(not_you(),),
        )


def mail_reminder(*, filing: Filing, token: str, kept_until: date | None) -> None:
    """The one reminder of a draft. `kept_until`: None where a legal hold keeps it longer."""
    with in_language_of(filing):
        send_letter(
            filing,
            Purpose.REMINDER,
            gettext("Your claim %(reference)s is not sent yet") % {"reference": filing.reference},
            (
                gettext(
                    "You began a claim and did not send it. The recalled product is dangerous: "
                    "please do not use it."
                ),
                _how_long(filing, kept_until),
            ),
            button=(gettext("Go on with my claim"), link_to(filing, token)),
            closing=(gettext("This is our only reminder."),),
        )


def _how_long(filing: Filing, kept_until: date | None) -> str:
    if kept_until is None:
        return gettext(
            "We have to keep what you filled in for now: it is needed for a legal matter. Once "
            "that is over it is erased."
        )
    return gettext("We keep what you filled in until %(day)s, then it is erased.") % {
        "day": _day(filing, kept_until)
    }


def mail_code(*, filing: Filing, code: str, minutes: int) -> None:
    """The code that a page asks for before it changes what matters."""
    with in_language_of(filing):
        send_letter(
            filing,
            Purpose.FRESH_CODE,
            gettext("Your code: %(code)s") % {"code": code},
            (
                gettext("Type this code into the page that asks for it: %(code)s") % {"code": code},
                gettext("It is for your claim %(reference)s.") % {"reference": filing.reference},
                gettext(
                    "Whoever types it can see, change or erase what you gave us, also where your "
                    "remedy goes."
                ),
                gettext("It is good for %(minutes)s minutes. We never ask you for it by phone.")
                % {"minutes": minutes},
            ),
            closing=(
                gettext("You did not ask for it? Then do nothing: without it nothing changes."),
            ),
            sms=gettext(
                "Your code for claim %(reference)s is %(code)s. We never ask you for it by phone."
            )
            % {"code": code, "reference": filing.reference},
        )


def mail_filed(*, filing: Filing, token: str, by: date | None) -> None:
    """That the claim came in, what comes next and when, and how to keep the unit till then.

    Of a unit that is dangerous now it says to stay away: how to keep one has to be done by hand.
    """
    document = document_of(filing.version)
    with in_language_of(filing):
        paragraphs = [
            gettext("We have your claim. Its reference is %(reference)s.")
            % {"reference": filing.reference}
        ]
        if by is not None:
            paragraphs.append(gettext("You hear from us by %(day)s.") % {"day": _day(filing, by)})
        send_letter(
            filing,
            Purpose.CLAIM_FILED,
            gettext("We have your claim %(reference)s") % {"reference": filing.reference},
            (*paragraphs, gettext("Here you see how it stands, and can write to us:")),
            button=(gettext("Open my claim"), link_to(filing, token)),
            points=_what_to_do(filing, document),
            closing=(_until_then(filing),),
        )


def _what_to_do(filing: Filing, document: Document) -> tuple[str, ...]:
    """How to keep the unit; of one that is dangerous now, what the recall says to do then."""
    steps = document.danger.steps if document.danger else ()
    texts = steps if filing.is_dangerous else document.texts.keep
    return tuple(_said(text, document, filing) for text in texts)


def _until_then(filing: Filing) -> str:
    if filing.is_dangerous:
        return gettext(
            "Until we call or write: do not touch, charge or move the product, and stay away from "
            "it. Where it smokes or burns, leave and call the emergency number."
        )
    return gettext(
        "Keep the product as said above, and unused, until we say that your photos are accepted."
    )


def mail_claimed_before(*, filing: Filing, token: str) -> None:
    """That a unit was claimed twice by the same owner; the first claim goes on."""
    with in_language_of(filing):
        send_letter(
            filing,
            Purpose.STAGE,
            gettext("You have claimed this unit before"),
            (
                gettext(
                    "A unit that you claimed under %(reference)s is in an earlier claim of yours. "
                    "That one goes on; nothing is lost, and you need not do anything."
                )
                % {"reference": filing.reference},
            ),
            button=(gettext("Open my claim"), link_to(filing, token)),
        )


def mail_stage(*, claim: Claim, token: str, stage: str = "", words: str = "") -> None:
    """That a claim came to a new stage, with the day of the next. `stage`: where that is not the
    one at which it stands by now; `words`: what is said instead, in the owner's language."""
    filing = claim.filing
    with in_language_of(filing):
        is_coded = claim.remedy_id is not None and bool(ready_codes([claim.remedy_id]))
        said = (code_words if is_coded else stage_words)(stage or claim.state)
        said = said if is_coded else words or said
        if not said or (not stage and is_told_lately(filing, claim.state, said)):
            return
        paragraphs = [said]
        if claim.promised_on is not None and not is_coded:
            day = _day(filing, claim.promised_on)
            paragraphs.append(promise_words(claim.state, day))
        send_letter(
            filing,
            Purpose.STAGE,
            gettext("News of your claim %(reference)s") % {"reference": filing.reference},
            tuple(paragraphs),
            button=(gettext("Open my claim"), link_to(filing, token)),
        )


def mail_declined(*, claim: Claim, token: str, reasons: tuple[str, ...]) -> None:
    """That a claim is not approved, why by the recall's list, and how to ask another person."""
    filing = claim.filing
    with in_language_of(filing):
        send_letter(
            filing,
            Purpose.STAGE,
            gettext("News of your claim %(reference)s") % {"reference": filing.reference},
            (stage_words(ClaimState.DECLINED), *reasons),
            button=(gettext("Open my claim"), link_to(filing, token)),
            closing=(
                gettext(
                    "To have another person look, open your claim there and say what you think is "
                    "wrong. That costs nothing."
                ),
                gettext("Please do not use the product: whatever we decide, keep away from it."),
            ),
        )


def mail_photo_asked(*, filing: Filing, token: str, is_lost: bool = False) -> None:
    """That a photo shows not what is needed, or was lost, and one more is; which and why the page
    says only."""
    with in_language_of(filing):
        why = gettext(
            "We lost a photo that you sent. That is our fault, not yours; your claim is not lost."
        )
        if not is_lost:
            why = gettext(
                "A photo that you sent does not show us what we need. That can happen; nothing is "
                "lost."
            )
        send_letter(
            filing,
            Purpose.STAGE,
            gettext("We need one more photo for your claim %(reference)s")
            % {"reference": filing.reference},
            (
                why,
                gettext(
                    "Here you see which one and why. Please take a new one, and send it there:"
                ),
            ),
            button=(gettext("Open my claim"), link_to(filing, token)),
            closing=(
                gettext(
                    "You cannot take another? Write that on the same page, and a person goes on "
                    "with you."
                ),
            ),
        )


def mail_message(*, filing: Filing, token: str) -> None:
    """That the desk wrote; what it wrote stands on the page only."""
    with in_language_of(filing):
        send_letter(
            filing,
            Purpose.MESSAGE,
            gettext("A message about your claim %(reference)s") % {"reference": filing.reference},
            (gettext("We have written to you. Read and answer it here:"),),
            button=(gettext("Open my claim"), link_to(filing, token)),
        )


def mail_changed(*, filing: Filing, what: str) -> None:
    """That something of the claim was changed, so that whoever did not do it learns of it."""
    with in_language_of(filing):
        send_letter(
            filing,
            Purpose.STAGE,
            gettext("Your claim %(reference)s was changed") % {"reference": filing.reference},
            (what, not_you()),
        )


def mail_new_address(*, filing: Filing, token: str) -> None:
    """That from now on letters come to the address that the owner told the desk."""
    with in_language_of(filing):
        send_letter(
            filing,
            Purpose.ACCESS_LINK,
            gettext("We now write to you here about claim %(reference)s")
            % {"reference": filing.reference},
            (
                gettext(
                    "What we wrote to your earlier e-mail address came back, and you told us this "
                    "one. From now on everything about your claim comes here."
                ),
            ),
            button=(gettext("Open my claim"), link_to(filing, token)),
            closing=(not_you(),),
        )


def is_written_to(filing: Filing) -> bool:
    """Whether what is written reaches the owner: by mail, or by text message where any are sent."""
    has_phone = bool(opened(filing, "sealed_phone"))
    return bool(opened(filing, "sealed_email")) or (has_phone and are_texts_sent())


@contextmanager
def in_language_of(filing: Filing) -> Iterator[None]:
    """What is put into words within it is in the owner's language."""
    with override(filing.language):
        yield


def link_to(filing: Filing, token: str) -> str:
    """The address of a link to a filing."""
    return site_of(brand_of(filing)) + reverse("portal:claim_link", args=[token])


def _day(filing: Filing, day: date) -> str:
    return wording.day(day, wording.locale_of(filing.language, filing.country))


def _said(texts: dict[str, str], document: Document, filing: Filing) -> str:
    return wording.said(texts, document, filing.language)


def not_you() -> str:
    """What whoever did not ask for a letter is to do."""
    return gettext("This was not you? Then please write to us.")


def send_letter(
    filing: Filing,
    purpose: Purpose,
    subject: str,
    paragraphs: tuple[str, ...],
    *,
    button: tuple[str, str] | None = None,
    points: tuple[str, ...] = (),
    closing: tuple[str, ...] = (),
    sms: str = "",
) -> Mailing | None:
    """By e-mail where there is an address, else by text message; nothing where there is neither, or
    where no text messages are sent: then a person calls, and nothing has failed to arrive.
    """
    brand = brand_of(filing)
    email, phone = opened(filing, "sealed_email"), opened(filing, "sealed_phone")
    signed = gettext("%(brand)s recall desk, %(phone)s") % {
        "brand": brand.name,
        "phone": brand.phone_shown,
    }
    if email:
        letter = Letter(
            subject=subject,
            language=filing.language,
            signed=signed,
            paragraphs=paragraphs,
            button=button,
            points=points,
            closing=closing,
            is_right_to_left=get_language_bidi(),
        )
        return write_mail(
            recall=filing.recall,
            to=email,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            language=filing.language,
            purpose=purpose,
            filing_id=filing.pk,
            speaker=brand,
        )
    if phone and are_texts_sent():
        said = sms or f"{subject}. {button[1] if button else ''}"
        return _send_text(filing, purpose, phone, f"{brand.name}: {said}".strip())
    return None


def _send_text(filing: Filing, purpose: Purpose, phone: str, said: str) -> Mailing:
    return write_sms(
        recall=filing.recall,
        to=phone,
        text=said,
        language=filing.language,
        purpose=purpose,
        filing_id=filing.pk,
    )
