"""What owners are written to of the erasure of their data.

Guarantees: the last letter is written before the address goes; why a hold was placed, and that one
was, is told to nobody: only that a legal matter needs the data.
"""

from django.utils.translation import gettext

from recalldesk.claims.letters import in_language_of, link_to, not_you, send_letter
from recalldesk.claims.models import Filing
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose


def mail_erased(*, filing: Filing) -> Mailing | None:
    """The last letter: that everything personal is erased."""
    with in_language_of(filing):
        paragraphs = [
            gettext(
                "As you asked, we have erased your name, contact, address, photos and messages "
                "of claim %(reference)s. That there was a claim, and what was sent for it, is "
                "kept without them."
            )
            % {"reference": filing.reference}
        ]
        if filing.is_dangerous:
            paragraphs.append(
                gettext("What you told us of the danger is kept without them, as the law asks.")
            )
        return send_letter(filing, Purpose.STAGE, gettext("Your data is erased"), tuple(paragraphs))


def mail_kept_for_now(*, filing: Filing, token: str) -> None:
    """That a legal hold keeps what its owner asked to be erased, and what comes next."""
    with in_language_of(filing):
        send_letter(
            filing,
            Purpose.STAGE,
            gettext("We have to keep your data for now"),
            (
                gettext(
                    "You asked us to erase the data of claim %(reference)s. We may not do that "
                    "yet: it is needed for a legal matter, and until that is over the law does not "
                    "let us erase it. This is not about anything that you did."
                )
                % {"reference": filing.reference},
                gettext(
                    "Your wish is kept. We do not know yet on which day that matter is over. On "
                    "that day your data is erased by itself, and we write to you. You need not ask "
                    "again."
                ),
            ),
            button=(gettext("Open my claim"), link_to(filing, token)),
            closing=(not_you(),),
        )
