"""The rules of the European Union: the General Product Safety Regulation, Art. 36 and 37.

Product, brand, where the serial stands, when and where sold, and the remedies stand in every recall
file and need no rule here; docs/notice-lint.md lists it.
"""

from recalldesk.recalls.lint import gpsr_checks
from recalldesk.recalls.lint.findings import NoticeRule, Severity, Where
from recalldesk.recalls.lint.words import GPSR_HEADING

_GPSR, _ERROR, _WARNING = Where.GPSR, Severity.ERROR, Severity.WARNING
_PROPOSED = ", ".join(f'{language} = "{words}"' for language, words in GPSR_HEADING.items())

GPSR_RULES: tuple[NoticeRule, ...] = (
    NoticeRule(
        "eu-language",
        "GPSR Art. 36(2)",
        _GPSR,
        _ERROR,
        "The notice stands in an official language of each country.",
        "Add the language; until Recalldesk has it, publish that notice by other means and "
        "override this with where it stands.",
        gpsr_checks.no_official_language,
    ),
    NoticeRule(
        "eu-heading",
        "GPSR Art. 36(2)(a)",
        _GPSR,
        _ERROR,
        'The heading consists of the words "Product safety recall".',
        f"Give `texts.notice_heading`: {_PROPOSED}.",
        gpsr_checks.no_heading,
    ),
    NoticeRule(
        "eu-photograph",
        "GPSR Art. 36(2)(b)(i)",
        _GPSR,
        _WARNING,
        "The product is shown. A drawing is an image; a photograph serves better.",
        "Add [[products.photographs]] with `file` and `caption`: its label is not one.",
        gpsr_checks.no_photograph,
    ),
    NoticeRule(
        "eu-no-accidents",
        "GPSR Art. 36(2)(c)",
        _GPSR,
        _ERROR,
        "Nothing says that no accident was reported.",
        "Leave it out: it makes the danger sound small.",
        gpsr_checks.no_accidents_said,
    ),
    NoticeRule(
        "eu-stop-using",
        "GPSR Art. 36(2)(d)",
        _GPSR,
        _ERROR,
        "Consumers are told to stop using the product at once.",
        'Let a step of `texts.stop` say "Stop using it immediately", or words to that effect.',
        gpsr_checks.not_told_to_stop_at_once,
    ),
    NoticeRule(
        "eu-two-remedies",
        "GPSR Art. 37(2)",
        _GPSR,
        _ERROR,
        "Owners choose between two of repair, replacement and refund; a gift card is none of them.",
        "Offer a second one in this country. Where the others are impossible or out of proportion, "
        "override this with the reason.",
        gpsr_checks.fewer_than_two_remedies,
    ),
    NoticeRule(
        "eu-refund-value",
        "GPSR Art. 37(2)(c)",
        _GPSR,
        _ERROR,
        "A refund is at least the price paid.",
        "Raise the refund's `value`, or leave it out where the price paid is refunded.",
        gpsr_checks.refund_below_the_price,
    ),
    NoticeRule(
        "eu-contact",
        "GPSR Art. 36(2)(f)",
        _GPSR,
        _ERROR,
        "There is a free phone number or an interactive online service.",
        "Give the brand's `phone_is_free = true`, or its `online_service`.",
        gpsr_checks.no_free_contact,
    ),
    NoticeRule(
        "eu-share",
        "GPSR Art. 36(2)(g)",
        _GPSR,
        _ERROR,
        "People are asked to pass it on, where that is apt.",
        "Give `texts.share`.",
        gpsr_checks.no_invitation,
    ),
    NoticeRule(
        "gb-northern-ireland",
        "GPSR; Windsor Framework",
        Where.GREAT_BRITAIN,
        _WARNING,
        "The file says whether it was sold in Northern Ireland, where the GPSR binds.",
        "Give the jurisdiction's `northern_ireland`, true or false.",
        gpsr_checks.northern_ireland_unknown,
    ),
)
