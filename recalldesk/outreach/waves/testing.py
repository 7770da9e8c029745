"""A test of a wave: what it says, sent to an address or number of the firm.

Guarantees: a test counts as no notice, names nobody, and its link opens nothing but the recall's
pages; it goes to no purchaser and nobody who asked to be told; to an address that is not known as
the firm's own only where somebody says that it is.
"""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.accounts.reads import staff_at
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation.normal_forms.emails import email_form
from recalldesk.mailing.actions import write_mail, write_sms
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from recalldesk.outreach.actions import CONTACT_PURPOSE
from recalldesk.outreach.models import DirectNotice, GrowthWatch, Wave
from recalldesk.outreach.states import SENT_BY_MACHINE, Way
from recalldesk.outreach.waves.contents import digest_of_words
from recalldesk.outreach.waves.errors import NotKnownAsOurs, WaveRefused
from recalldesk.outreach.waves.sampling import sample
from recalldesk.purchasers.digests import contact_digest, phone_form
from recalldesk.purchasers.models import ContactPoint
from recalldesk.purchasers.states import ContactKind
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import document_of
from recalldesk.sealing import vault

TEST = "TEST"
PHONE_DIGITS = 7


@transaction.atomic
def send_test(
    wave: Wave, *, to: str, by: Staff, way: Way = Way.EMAIL, is_ours: bool = False
) -> tuple[Mailing, ...]:
    """Sends the words of each language to one address or number. `is_ours`: somebody says so of one
    that is not known as the firm's. Raises NotPermitted, WaveRefused, NotKnownAsOurs, TextRefused.
    """
    require(by, Permission.WRITE_WAVES)
    if way not in SENT_BY_MACHINE or way not in wave.ways:
        raise WaveRefused(
            f"This wave sends no test by {way.label.lower()}.",
            f"It goes by {', '.join(Way(each).label.lower() for each in wave.ways)}; mails and "
            "text messages are tested, letters and scripts are looked at.",
        )
    to = _refuse_unless_reached(way, to.strip())
    _refuse_strangers(wave, way, to, is_ours=is_ours)
    assert wave.version is not None  # a wave speaks of a version from its draft on
    document = document_of(wave.version)
    sent = []
    for language in (
        wave.texts.filter(way=way).order_by("language").values_list("language", flat=True)
    ):
        said = sample(wave, document, way, language, is_real_link=True)
        if way is Way.SMS:
            mailing = write_sms(
                recall=wave.recall,
                to=to,
                text=f"{TEST} {said.text}",
                language=language,
                purpose=Purpose.WAVE_TEST,
            )
        else:
            mailing = write_mail(
                recall=wave.recall,
                to=to,
                subject=f"{TEST} {said.subject}",
                text=said.text,
                html=said.html,
                language=language,
                purpose=Purpose.WAVE_TEST,
                speaker=said.brand,
            )
        sent.append(mailing)
    Wave.objects.filter(pk=wave.pk).update(tested=digest_of_words(wave))
    record_change(
        subject=Subject.WAVE,
        subject_id=wave.pk,
        from_state=wave.state,
        to_state=wave.state,
        reason=Reason.TEST_SENT,
        actor_id=by.pk,
        recall_id=wave.recall_id,
    )
    return tuple(sent)


def _refuse_unless_reached(way: Way, to: str) -> str:
    if way is Way.EMAIL:
        try:
            validate_email(to)
        except ValidationError:
            raise WaveRefused(
                "A test by e-mail goes to an e-mail address, and this is none.",
                "Write name@example.org; to a number it goes as a text message.",
            ) from None
    elif not to.startswith("+") or sum(each.isdigit() for each in to) < PHONE_DIGITS:
        raise WaveRefused(
            "A test by text message goes to a phone number with its country, and this is none.",
            "Write it as +1 202 555 0100.",
        )
    return to


def _refuse_strangers(wave: Wave, way: Way, to: str, *, is_ours: bool) -> None:
    """Raises WaveRefused, NotKnownAsOurs."""
    if _is_known_as_ours(wave, way, to):
        return
    if _is_of_a_purchaser(way, to):
        raise WaveRefused(
            "A purchaser has this contact, or somebody who asked to be told: no test goes there.",
            "Send it to yourself.",
        )
    if not is_ours:
        raise NotKnownAsOurs()


def _is_known_as_ours(wave: Wave, way: Way, to: str) -> bool:
    """Whether somebody of the staff has it, or the recall itself names it."""
    brands = document_of(wave.version).brands if wave.version else ()
    if way is Way.SMS:
        return phone_form(to) in {phone_form(each.phone) for each in brands}
    person = staff_at(to)
    if person is not None and person.is_active:
        return True
    return email_form(to) in {email_form(each.email) for each in brands}


def _is_of_a_purchaser(way: Way, to: str) -> bool:
    """Of whatever recall: an order file, a notice or a wish names it."""
    is_mail = way is Way.EMAIL
    kinds = (ContactKind.EMAIL, ContactKind.ALIAS) if is_mail else (ContactKind.PHONE,)
    form = email_form(to) if is_mail else phone_form(to)
    digests = [contact_digest(kind, form) for kind in kinds]
    recalls = list(Recall.objects.values_list("pk", flat=True))
    return (
        ContactPoint.objects.filter(recall_id__in=recalls, digest__in=digests).exists()
        or DirectNotice.objects.filter(recall_id__in=recalls, contact_digest__in=digests).exists()
        or _has_asked_to_be_told(way, to)
    )


def _has_asked_to_be_told(way: Way, to: str) -> bool:
    """By whichever form of the number they gave: with its country or without."""
    digits = "".join(each for each in to if each.isdecimal())
    numbers = (digits, f"+{digits}", phone_form(to))
    forms = {to.lower()} if way is Way.EMAIL else set(numbers)
    digests = [vault.digest_for_lookup(each, purpose=CONTACT_PURPOSE) for each in forms]
    return GrowthWatch.objects.filter(contact_digest__in=digests).exists()
