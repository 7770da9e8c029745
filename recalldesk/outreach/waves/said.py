"""What one notice says, as it is sent.

Guarantee: at every repeat the same words with the same link, but for purchases that left the recall
meanwhile; they name product, shop and day of purchases and nothing else of whom they go to.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import formataddr

from django.utils.translation import get_language_info, gettext, override

from recalldesk.claims.brands import brand_named
from recalldesk.mailing.letter import Letter
from recalldesk.outreach.audience.asked import Audience
from recalldesk.outreach.links import link_of
from recalldesk.outreach.models import DirectNotice, NamedPurchase, Wave, WaveText
from recalldesk.outreach.states import Way
from recalldesk.outreach.waves.errors import TextRefused
from recalldesk.outreach.waves.places import BoughtThing, filled, values_for
from recalldesk.outreach.waves.texts import APART, LINK, why_words
from recalldesk.purchasers.models import Purchase
from recalldesk.purchasers.states import Channel, FileKind
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.firm import Brand
from recalldesk.recalls.reads import document_of


@dataclass(frozen=True, repr=False)
class Said:
    """A notice in words. `html`: of a mail; `paragraphs`: of a letter or script, filled, the link
    left out."""

    subject: str
    text: str
    html: str
    sender: str
    reply_to: str
    language: str
    link: str
    paragraphs: tuple[str, ...]
    brand: Brand


@dataclass(frozen=True, repr=False)
class AtHand:
    """What whoever sends many notices has read already. `reached`: the document by which brands are
    reached today; `things`: what the notice names; `text`: what its wave says in its way and
    language."""

    reached: Document
    things: tuple[BoughtThing, ...]
    text: WaveText | None


def said(notice: DirectNotice, at_hand: AtHand | None = None) -> Said:
    """Its words. Raises SealingError, TextRefused."""
    things = at_hand.things if at_hand else things_of(notice)
    is_passed_on = notice.passed_on_by_id is not None
    reached = brand_of_things(at_hand.reached, things) if at_hand else None
    return in_words(
        notice.wave,
        way=Way(notice.way),
        language=notice.language,
        country=notice.country,
        things=things,
        link=link_of(notice, brand=reached),
        is_wish=notice.wish_id is not None or not (things or is_passed_on),
        is_passed_on=is_passed_on,
        text=at_hand.text if at_hand else None,
    )


def in_words(
    wave: Wave,
    *,
    way: Way,
    language: str,
    country: str,
    things: Sequence[BoughtThing],
    link: str,
    is_wish: bool = False,
    is_passed_on: bool = False,
    text: WaveText | None = None,
) -> Said:
    """The words of a wave for whoever bought these things. Raises TextRefused."""
    text = text or WaveText.objects.filter(wave=wave, way=way, language=language).first()
    if text is None or wave.version is None:
        raise TextRefused(
            f"The wave has no words for {way.label.lower()} in the language {language!r}.",
            "Write them before it is sent.",
        )
    document = document_of(wave.version)
    brand = brand_of_things(document, things)
    strength = Audience.from_stored(wave.audience).strength
    with override(language):
        why = why_words(is_wish=is_wish, is_passed_on=is_passed_on, strength=strength)
        values = values_for(
            document,
            brand,
            language=language,
            country=country,
            things=things,
            why=why,
            link=link,
        )
        return _laid_out(text, values, brand, language)


def things_of(notice: DirectNotice) -> tuple[BoughtThing, ...]:
    """What the notice names; of one to a later owner only the products."""
    of, is_passed_on = notice, False
    while of.passed_on_by is not None:
        of, is_passed_on = of.passed_on_by.notice, True
    rows = NamedPurchase.objects.filter(notice=of).select_related("purchase__file")
    purchases = [each.purchase for each in rows.order_by("purchase__ordered_on", "purchase_id")]
    named = still_named(purchases, notice.sent_at or notice.handed_out_at)
    return tuple(thing_of(each, is_passed_on=is_passed_on) for each in named)


def things_named(notice_ids: Collection[int]) -> dict[int, tuple[BoughtThing, ...]]:
    """What each of these notices names itself."""
    rows = NamedPurchase.objects.filter(notice_id__in=notice_ids).select_related("purchase__file")
    found: defaultdict[int, list[Purchase]] = defaultdict(list)
    for row in rows.order_by("purchase__ordered_on", "purchase_id"):
        found[row.notice_id].append(row.purchase)
    return {
        notice_id: tuple(thing_of(each) for each in still_named(purchases, None))
        for notice_id, purchases in found.items()
    }


def still_named(purchases: Sequence[Purchase], left_at: datetime | None) -> Sequence[Purchase]:
    """Without those that had left the recall, or come back to the shop, before the notice left;
    all of them where nothing would be left to name: such a notice is withheld. What left the house
    says what it said."""
    kept = [each for each in purchases if _was_meant(each, left_at)]
    return kept or purchases


def _was_meant(purchase: Purchase, left_at: datetime | None) -> bool:
    if left_at is None:
        return purchase.unmatched_at is None and purchase.units > purchase.units_back
    return purchase.unmatched_at is None or purchase.unmatched_at > left_at


def brand_of_things(document: Document, things: Sequence[BoughtThing]) -> Brand:
    """Under whose name they were sold; the recall's first brand where they are of several."""
    key = brand_named(document, [each.product for each in things], document.brands[0].key)
    return next(each for each in document.brands if each.key == key)


def shop_of(purchase: Purchase) -> str:
    """The shop's name, as the buyer knows it; empty where no file says it: Shopify runs many."""
    if purchase.channel == Channel.GENERIC:
        mapping = purchase.file.reading.get("mapping") or {}
        return str(mapping.get("channel", ""))
    if purchase.channel == Channel.SHOPIFY:
        return ""
    return Channel(purchase.channel).label


def thing_of(purchase: Purchase, *, is_passed_on: bool = False) -> BoughtThing:
    """A purchase as a notice names it."""
    units = purchase.units - min(purchase.units, purchase.units_back)
    if is_passed_on:
        return BoughtThing(purchase.product, 1)
    is_registered = purchase.file.kind == FileKind.REGISTRATIONS
    shop = "" if is_registered else shop_of(purchase)
    return BoughtThing(purchase.product, units, shop, purchase.ordered_on, is_registered)


def _laid_out(text: WaveText, values: dict[str, str], brand: Brand, language: str) -> Said:
    blocks = [" ".join(each.split()) for each in text.body.split(APART) if each.strip()]
    subject = " ".join(filled(text.subject, values).split())
    link = values["link"]
    if text.way == Way.EMAIL:
        letter = _letter(subject, blocks, values, brand, language)
        body, html = letter.text, letter.html
    else:
        body, html = APART.join(filled(each, values) for each in blocks), ""
    return Said(
        subject=subject,
        text=body,
        html=html,
        sender=formataddr((brand.name, brand.sender)),
        reply_to=brand.email,
        language=language,
        link=link,
        paragraphs=tuple(filled(each, values) for each in blocks if each != LINK),
        brand=brand,
    )


def _letter(
    subject: str, blocks: list[str], values: dict[str, str], brand: Brand, language: str
) -> Letter:
    place = blocks.index(LINK) if LINK in blocks else len(blocks)
    button = (gettext("See what to do"), values["link"]) if LINK in blocks else None
    signed = gettext("%(brand)s recall desk, %(phone)s") % {
        "brand": brand.name,
        "phone": brand.phone_shown,
    }
    return Letter(
        subject=subject,
        language=language,
        signed=signed,
        paragraphs=tuple(filled(each, values) for each in blocks[:place]),
        button=button,
        closing=tuple(filled(each, values) for each in blocks[place + 1 :]),
        is_right_to_left=bool(get_language_info(language)["bidi"]),
    )
