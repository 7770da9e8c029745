"""The privacy notice of a recall, in the language at hand.

Guarantee: it says what the program does: what is kept, for what, who sees it, and how to have it
erased.
"""

from django.utils.translation import gettext

from recalldesk.recalls.document import Document


def privacy_notice(document: Document) -> tuple[str, ...]:
    """Its paragraphs."""
    firm = document.firm
    name = firm.legal_name or firm.name
    return (
        gettext("%(firm)s, %(address)s, is responsible for what you give here.")
        % {"firm": name, "address": firm.address},
        gettext(
            "We keep your name, how to reach you, the serial number, your photos and messages, and "
            "what your remedy needs: an address for a parcel, an account for a refund. We use them "
            "for this recall only: to decide on your claim, to send your remedy and to reach you "
            "about the danger. We do not sell them, and use them for no advertising."
        ),
        gettext(
            "Place and time are taken out of your photos. All of it is stored encrypted. The "
            "people who decide on claims see it, and whoever delivers your remedy sees what the "
            "delivery needs. Authorities may ask us how the recall goes; they get figures without "
            "names unless the law says otherwise."
        ),
        gettext(
            "A program on our own server reads the label, and what you wrote, in your photos. It "
            "fills in the form for you. What it read is kept encrypted with your claim, for the "
            "people who decide on it."
        ),
        gettext(
            "The program also compares your claim with others: photos, contact, address, account, "
            "and for seven days from which network it was sent. Where everything you were asked "
            "for is proved, it approves the claim by itself. Otherwise a person decides."
        ),
        gettext(
            "A photo that you send to check a serial number, without a claim, is erased as soon as "
            "it has been read. What it says and what you typed is kept encrypted for an hour, so "
            "that the page can answer you."
        ),
        gettext(
            "A claim that was begun and not sent is erased after 30 days. For one that was sent "
            "you can have your data, or have it erased once the claim is over, from its own page "
            "or through us. What was told of an accident, also of people who were hurt, is kept "
            "without how to reach you, for five years at most. No machine ever declines a claim: "
            "only a person does."
        ),
        gettext(
            "Once your claim is over we erase what names you by ourselves, after five years at the "
            "latest. Where it is needed for a legal matter, we have to keep it until that is over; "
            "if you ask us to erase it meanwhile, we do so on that day."
        ),
    )
