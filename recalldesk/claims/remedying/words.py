"""What an owner is told of a remedy, in the language at hand: short, with what there is to do.

Guarantee: nothing of it names a person, an address, a code or a serial.
"""

from django.utils.translation import gettext

from recalldesk.recalls.document.remedy import RemedyKind
from recalldesk.remedies.placing.news import News


def words_of(news: News, kind: RemedyKind) -> str:
    """A sentence or two; empty where the stage itself says all."""
    is_parcel = kind in (RemedyKind.REPLACEMENT, RemedyKind.REPAIR)
    said = {
        News.ORDERED: gettext("Your remedy is ordered. We write again when it is on its way."),
        News.SENT: gettext(
            "Your parcel is on its way. On the page of your claim you can follow it."
        )
        if is_parcel
        else gettext("Your remedy is on its way to you."),
        News.DELIVERED: gettext("Your remedy has arrived. Thank you for your help."),
        News.RETURNED: gettext(
            "Your parcel came back to us. Please look at your address on the page of your claim: "
            "once it is right, we send it again."
        ),
        News.NEEDS_ADDRESS: gettext(
            "The carrier does not find your address. Please look at it on the page of your claim: "
            "once it is right, we send your remedy."
        ),
        News.NEEDS_PAYEE: gettext(
            "The bank could not pay to the account that you gave. Please look at it on the page of "
            "your claim: once it is right, we pay again."
        ),
        News.SENT_AGAIN: gettext(
            "We have sent your remedy again. If it does not come, please call or write to us."
        ),
        News.BOUNCED: gettext(
            "What we sent to your e-mail address came back. Please call or write to us with the "
            "right one: then we send it again."
        ),
    }
    return said.get(news, "")
