"""The code that goes to the contact of a notice, so that its holder has name and address filled in.

Guarantee: it goes where the notice went and nowhere else; it holds neither name nor address.
"""

from django.utils.translation import get_language_bidi, gettext, override

from recalldesk.claims.access import CODE_LASTS
from recalldesk.claims.contacts import phone_of_any
from recalldesk.claims.models import Filing
from recalldesk.mailing.actions import write_mail, write_sms
from recalldesk.mailing.letter import Letter
from recalldesk.mailing.states import Purpose
from recalldesk.outreach.links import brand_of_notice
from recalldesk.outreach.models import DirectNotice
from recalldesk.outreach.states import Way
from recalldesk.sealing.fields_of_rows import opened


def mail_notice_code(*, notice: DirectNotice, filing: Filing, code: str) -> None:
    """Sends it, in the language in which the claim was begun. Raises FieldsRefused where the number
    is none."""
    brand = brand_of_notice(notice)
    to = opened(notice, "sealed_to")
    with override(filing.language):
        if notice.way == Way.SMS:
            said = gettext(
                "Your code is %(code)s. With it we fill in your name and address. We never ask you "
                "for it by phone."
            ) % {"code": code}
            write_sms(
                recall=filing.recall,
                to=phone_of_any(to, (notice.country,) if notice.country else ()),
                text=f"{brand.name}: {said}",
                language=filing.language,
                purpose=Purpose.FRESH_CODE,
            )
            return
        letter = Letter(
            subject=gettext("Your code: %(code)s") % {"code": code},
            language=filing.language,
            signed=gettext("%(brand)s recall desk, %(phone)s")
            % {"brand": brand.name, "phone": brand.phone_shown},
            paragraphs=(
                gettext("Type this code into the page that asks for it: %(code)s") % {"code": code},
                gettext(
                    "With it we fill in your name and address, so that you need not type them."
                ),
                gettext("It is good for %(minutes)s minutes. We never ask you for it by phone.")
                % {"minutes": int(CODE_LASTS.total_seconds() // 60)},
            ),
            closing=(
                gettext(
                    "You did not ask for it? Then do nothing: without it nobody sees what is on "
                    "file."
                ),
            ),
            is_right_to_left=get_language_bidi(),
        )
        write_mail(
            recall=filing.recall,
            to=to,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            language=filing.language,
            purpose=Purpose.FRESH_CODE,
            speaker=brand,
        )
