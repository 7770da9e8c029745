"""What an owner is asked to agree to, word for word, and its versions.

Guarantee: the words that are kept are the words that were shown, in the language shown; a change of
a single letter is another version.
"""

import hashlib
from dataclasses import dataclass

from django.utils.translation import gettext, override

from recalldesk.claims.models import AgreedText, Agreement, Filing
from recalldesk.claims.privacy import privacy_notice
from recalldesk.claims.states import StatementKind
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.remedy import Attestation, DisposalMoment


@dataclass(frozen=True)
class Statement:
    """One statement as it is shown; `is_ticked`: the owner ticks a box for it."""

    kind: StatementKind
    text: str
    is_ticked: bool = True

    @property
    def version(self) -> str:
        """The digest of the text (SHA-256, hexadecimal)."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def statements_of(
    document: Document, language: str, *, is_gone: bool = False
) -> tuple[Statement, ...]:
    """The statements of a recall, in a language. `is_gone`: the owner has no unit any more."""
    with override(language):
        found = [
            Statement(StatementKind.TRUTH, gettext("What I have said here is true.")),
            Statement(
                StatementKind.ADULT,
                gettext("I am 18 or older, or a parent or guardian does this with me."),
            ),
        ]
        disposal = _disposal(document, is_gone=is_gone)
        if disposal:
            found.insert(0, Statement(StatementKind.DISPOSAL, disposal))
        notice = "\n\n".join(privacy_notice(document))
        return (*found, Statement(StatementKind.PRIVACY, notice, is_ticked=False))


def _disposal(document: Document, *, is_gone: bool) -> str:
    disposal = document.disposal
    if disposal.attestation is Attestation.NONE:
        return ""
    if is_gone:  # nobody can promise how to get rid of what is not there
        return gettext("I no longer have the product, and will not use it if it turns up again.")
    is_before = disposal.moment is DisposalMoment.BEFORE_REMEDY
    if is_before and disposal.attestation is Attestation.CONFIRMED:
        return gettext("I have got rid of the product as this recall says.")
    return gettext(
        "I will not use the product again, and will get rid of it only as this recall says."
    )


def keep_agreements(*, filing: Filing, document: Document, is_gone: bool) -> None:
    """Keeps that the owner agreed to each statement as it was shown in the filing's language; of a
    claim that was entered for them, to what was read out or stands in their letter: the privacy
    notice is neither.
    """
    for statement in statements_of(document, filing.language, is_gone=is_gone):
        if filing.entered_by_id is not None and not statement.is_ticked:
            continue
        text, _ = AgreedText.objects.get_or_create(
            kind=statement.kind,
            language=filing.language,
            digest=statement.version,
            defaults={"text": statement.text},
        )
        Agreement.objects.get_or_create(filing=filing, text=text)
