"""Tags that print a recall's texts and figures in the language of the page.

Guarantee: a text that had to be given in another language is marked with it.
"""

import datetime
import json
from collections.abc import Mapping
from decimal import Decimal

from babel import Locale
from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from recalldesk.checks.echo import Echo, echo_of
from recalldesk.notices.lines import number_in_words
from recalldesk.notices.notice import NoticedPicture
from recalldesk.portal.drawings import icon as drawn_icon
from recalldesk.portal.drawings import label_picture, product_picture
from recalldesk.portal.frame import PersonLine
from recalldesk.portal.photographs import SMALL, address_of, main_picture, photograph, previewed_by
from recalldesk.portal.subject import Subject
from recalldesk.recalls import wording
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.parts import Money
from recalldesk.recalls.document.product import Product, Variant
from recalldesk.recalls.document.remedy import UnitCondition

register = template.Library()
Guidance = tuple[tuple[tuple[str, ...], tuple[Mapping[str, str], ...]], ...]
OUT_OF_MARKUP = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}


def _language() -> str:
    return get_language() or "en"


def _locale(document: Document | None) -> Locale:
    return wording.locale_of(_language(), document.countries[0] if document else "")


@register.simple_tag
def say(texts: Mapping[str, str], document: Document | None = None) -> str | SafeString:
    """The text in the page's language; in another one where it must be, and then marked."""
    text, used = wording.in_language(texts, _language())
    if document is not None:
        text = wording.fill(text, document, used)
    if used == _language():
        return text
    return format_html('<span lang="{}" dir="ltr">{}</span>', used, text)


@register.simple_tag
def say_plain(texts: Mapping[str, str], document: Document | None = None) -> str:
    """The same without a mark, for places that cannot hold one: titles and labels."""
    text, used = wording.in_language(texts, _language())
    return wording.fill(text, document, used) if document is not None else text


@register.simple_tag
def said(text: str, language: str) -> str | SafeString:
    """Words of a notice, marked where their language is not the page's."""
    if not text or language == _language():
        return text
    return format_html('<span lang="{}" dir="ltr">{}</span>', language, text)


@register.simple_tag
def shop_number(kind: str) -> str:
    """What a number of a shop is called."""
    return number_in_words(kind)


@register.simple_tag
def linked(data: Mapping[str, object]) -> SafeString:
    """A block of data for programs that read pages; it is no script, and nothing in it runs."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(OUT_OF_MARKUP)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - no character of markup is left


@register.simple_tag
def number(value: Decimal | int, document: Document | None = None) -> str:
    """A number."""
    return wording.number(value, _locale(document))


@register.simple_tag
def day(date: datetime.date, document: Document | None = None) -> str:
    """A date in words."""
    return wording.day(date, _locale(document))


@register.simple_tag
def moment(at: datetime.datetime, document: Document | None = None) -> SafeString:
    """A date and time in words, in UTC, as a <time> element."""
    shown = wording.moment(at, _locale(document))
    return format_html('<time datetime="{}">{}</time>', at.isoformat(timespec="seconds"), shown)


@register.simple_tag
def money(value: Money, document: Document | None = None) -> str:
    """An amount."""
    return wording.money(value, _locale(document))


@register.simple_tag
def country(code: str) -> str:
    """A country's name."""
    return wording.country_name(code, _locale(None))


@register.simple_tag
def guidance_in(document: Document, code: str) -> Guidance:
    """How a sound unit is got rid of: in the country of the code, with no countries named; where
    it is none of the recall's, in all, with the countries where just that is said."""
    if code in document.countries:
        return (((), document.disposal.guidance_for(code, UnitCondition.SOUND)),)
    told = document.disposal.guidance_by_country(document.countries)
    return told if len(told) > 1 else tuple(((), texts) for _, texts in told)


@register.simple_tag
def listed(words: tuple[str, ...], style: str = "standard") -> str:
    """A, B and C."""
    return wording.listed(words, _locale(None), style)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A small sign."""
    return drawn_icon(name)


@register.simple_tag
def picture(product: Product, variant: Variant | None = None) -> SafeString:
    """A product in one of its colours; words stand beside it, so it is hidden from readers."""
    colour = (variant or product.variants[0]).colour
    return product_picture(product.drawing.shape, colour, engraved=product.drawing.engraved)


@register.simple_tag(takes_context=True)
def photo(
    context: Context, picture: NoticedPicture, language: str, takes: str, is_first: bool = False
) -> SafeString:
    """A photograph of a notice in this language; `takes`: how wide it stands."""
    token = context.get("preview_token")
    return photograph(
        picture.sizes,
        picture.words,
        takes=takes,
        language="" if language == _language() else language,
        is_first=is_first,
        at=previewed_by(token) if token else address_of,
    )


@register.simple_tag
def likeness(subject: Subject, product: Product) -> SafeString:
    """A product as it is known again: its main photograph, else its drawing. Words stand beside."""
    shown = main_picture(subject.live, product)
    if shown is None:
        return picture(product)
    return photograph(shown.sizes, "", takes=SMALL, is_first=True, kind="picture")


@register.simple_tag
def label(product: Product) -> SafeString:
    """Where the serial stands."""
    return label_picture(product, _language())


@register.simple_tag
def echo(read_as: str, look_at: tuple[int, ...] = ()) -> Echo:
    """The serial laid out in fours."""
    return echo_of(read_as, look_at)


@register.simple_tag
def phone(line: PersonLine) -> SafeString:
    """A number that can be called, left to right in any page."""
    return format_html(
        '<a href="tel:{}" class="nowrap"><bdi dir="ltr">{}</bdi></a>', line.phone, line.phone_shown
    )


@register.simple_tag
def mail(line: PersonLine) -> SafeString:
    """An address that can be written to."""
    return format_html('<a href="mailto:{}"><bdi dir="ltr">{}</bdi></a>', line.email, line.email)
