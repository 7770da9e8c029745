"""A test of a wave: what it says, sent to an address or number of the one who writes it.

Guarantee: a test counts as no notice, names nobody, and its link opens nothing but the recall's
pages.
"""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.mailing.actions import write_mail, write_sms
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from recalldesk.outreach.models import Wave
from recalldesk.outreach.states import SENT_BY_MACHINE, Way
from recalldesk.outreach.waves.contents import digest_of_words
from recalldesk.outreach.waves.errors import WaveRefused
from recalldesk.outreach.waves.sampling import sample
from recalldesk.recalls.reads import document_of

TEST = "TEST"
PHONE_DIGITS = 7


@transaction.atomic
def send_test(wave: Wave, *, to: str, by: Staff, way: Way = Way.EMAIL) -> tuple[Mailing, ...]:
    """Sends the words of each language to one address or number. Raises NotPermitted, WaveRefused,
    TextRefused."""
    require(by, Permission.WRITE_WAVES)
    if way not in SENT_BY_MACHINE or way not in wave.ways:
        raise WaveRefused(
            f"This wave sends no test by {way.label.lower()}.",
            "Mails and text messages are tested; letters and scripts are looked at.",
        )
    to = _refuse_unless_reached(way, to.strip())
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
            raise WaveRefused("This is no e-mail address.", "Write name@example.org.") from None
    elif not to.startswith("+") or sum(each.isdigit() for each in to) < PHONE_DIGITS:
        raise WaveRefused(
            "This is no phone number with its country.", "Write it as +1 202 555 0100."
        )
    return to
