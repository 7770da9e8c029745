"""From a published version to its notice.

Guarantee: pure but for the language, which is set for the moment of writing: the same version in
the same language gives the same notice, whoever asks and when.
"""

from babel import Locale
from django.utils.translation import gettext, ngettext, override

from recalldesk.notices.notice import (
    Answer,
    Company,
    Contact,
    Incidents,
    Notice,
    NoticedCountry,
    NoticedPicture,
    NoticedProduct,
    NoticedRemedy,
    ShopNumber,
)
from recalldesk.notices.published import Published
from recalldesk.pictures.reads import Pictures
from recalldesk.recalls import wording
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.firm import Brand
from recalldesk.recalls.document.parts import Text, Window
from recalldesk.recalls.document.product import Product
from recalldesk.recalls.document.remedy import Jurisdiction, ReceiptRule, Remedy


class _Writer:
    """Puts a document's values into the words of one of its languages."""

    def __init__(self, document: Document, language: str, pictures: Pictures) -> None:
        self._document = document
        self._pictures = pictures
        self.language = wording.in_language(document.texts.headline, language)[1]
        self._locale: Locale = wording.locale_of(self.language, document.countries[0])

    def text(self, texts: Text | None) -> str:
        """A text with its figures; nothing where the document has none."""
        if texts is None:
            return ""
        words, used = wording.in_language(texts, self.language)
        return wording.fill(words, self._document, used)

    def texts(self, several: tuple[Text, ...]) -> tuple[str, ...]:
        """Texts, one by one."""
        return tuple(self.text(each) for each in several)

    def window(self, window: Window | None) -> str:
        """From one day to another."""
        if window is None:
            return ""
        since = wording.day(window.since, self._locale)
        return f"{since} – {wording.day(window.until, self._locale)}" if window.until else since

    def countries(self, codes: tuple[str, ...]) -> str:
        """The names of countries, as a list."""
        names = [wording.country_name(code, self._locale) for code in codes]
        return wording.listed(names, self._locale) if names else ""

    def product(self, product: Product) -> NoticedProduct:
        """One product."""
        sold = product.sold
        region = f" ({self.text(sold.region)})" if sold.region else ""
        about = gettext("about") + " " if sold.price_is_about else ""
        return NoticedProduct(
            key=product.key,
            model=product.model,
            names=product.names,
            brand=self._document.brand_of(product.key).name,
            kind=self.text(product.kind),
            description=self.text(product.description),
            looks=self.texts(tuple(variant.name for variant in product.variants)),
            made=self.window(product.made),
            made_in=self.countries(product.made.countries) if product.made else "",
            sold=self.window(sold),
            sold_in=self.countries(sold.countries) + region,
            sold_by=wording.listed(sold.channels, self._locale),
            price=about + wording.money(sold.price, self._locale) if sold.price else "",
            serial_where=self.text(product.serial.where),
            numbers=tuple(ShopNumber(n.channel, n.kind, n.value) for n in product.identifiers),
            pictures=self._shown(product),
        )

    def _shown(self, product: Product) -> tuple[NoticedPicture, ...]:
        """The pictures of a product that there are."""
        return tuple(
            NoticedPicture(
                words=self.text(each.caption),
                shows_serial=each.shows_serial,
                sizes=self._pictures[each.file].sizes,
            )
            for each in product.photographs
            if each.file in self._pictures
        )

    def country(self, part: Jurisdiction) -> NoticedCountry:
        """One country's part."""
        about = gettext("about") + " " if part.units_are_about else ""
        return NoticedCountry(
            code=part.country,
            name=wording.country_name(part.country, self._locale),
            units="" if part.units is None else about + wording.number(part.units, self._locale),
            regulator=part.regulator,
            case_number=part.case_number,
            emergency_number=part.emergency_number,
            notice_address=part.notice_address or "",
        )

    def remedy(self, remedy: Remedy) -> NoticedRemedy:
        """One remedy."""
        return NoticedRemedy(
            kind=remedy.kind,
            title=self.text(remedy.title),
            explanation=self.text(remedy.explanation),
            limits=tuple(self._limits(remedy)),
            countries=remedy.countries,
        )

    def _limits(self, remedy: Remedy) -> list[str]:
        limits = []
        if remedy.value:
            limits.append(f"{gettext('Worth')} {wording.money(remedy.value, self._locale)}")
        if remedy.replacement_model:
            limits.append(f"{gettext('Model')} {remedy.replacement_model}")
        if remedy.shops:
            shops = wording.listed(remedy.shops, self._locale, "or")
            limits.append(f"{gettext('To be used at:')} {shops}")
        months = remedy.expires_after_months
        if months:
            valid = ngettext("Valid for %(months)s month", "Valid for %(months)s months", months)
            limits.append(valid % {"months": months})
        within = ngettext(
            "Within %(days)s working day of approval",
            "Within %(days)s working days of approval",
            remedy.days,
        )
        return [*limits, within % {"days": remedy.days}]

    def incidents(self) -> Incidents | None:
        """What is known to have happened."""
        known = self._document.incidents
        if known is None:
            return None
        ages = [wording.number(age, self._locale) for age in known.ages]
        return Incidents(
            summary=self.text(known.summary),
            as_of=known.as_of,
            as_of_shown=wording.day(known.as_of, self._locale),
            ages=wording.listed(ages, self._locale) if ages else "",
            reported=self.window(known.reported),
        )

    def contact(self, brand: Brand) -> Contact:
        """The people behind a brand."""
        return Contact(
            brand=brand.name,
            phone=brand.phone,
            phone_shown=brand.phone_shown,
            phone_is_free=bool(brand.phone_is_free),
            email=brand.email,
            hours=self.text(brand.hours),
            online_service=brand.online_service or "",
        )

    def companies(self) -> tuple[Company, ...]:
        """Who made, brought in, passed on and sold the products."""
        named = {product.key: product.names[0] for product in self._document.products}
        return tuple(
            Company(
                role=company.role,
                name=company.name,
                place=company.headquarters,
                products=tuple(named[key] for key in company.products if key in named),
            )
            for company in self._document.companies
        )

    def announced(self) -> str:
        """The day of the announcement."""
        day = self._document.announced
        return "" if day is None else wording.day(day, self._locale)


def _receipt(rule: ReceiptRule) -> str:
    if rule is ReceiptRule.REQUIRED:
        return gettext("Have your receipt ready: it is needed.")
    return gettext("You need no receipt.")


def _decided_within(days: int) -> str:
    return ngettext(
        "We decide on a claim within %(days)s working day.",
        "We decide on a claim within %(days)s working days.",
        days,
    ) % {"days": days}


def notice_of(published: Published, language: str) -> Notice:
    """The notice of a version, in the language or in the nearest one that it has."""
    document = published.document
    writer = _Writer(document, language, published.pictures)
    with override(writer.language):
        return _written(published, document, writer)


def _written(published: Published, document: Document, writer: _Writer) -> Notice:
    firm, texts = document.firm, document.texts
    return Notice(
        recall=published.slug,
        version=published.number,
        language=writer.language,
        published_at=published.published_at,
        announced=document.announced,
        announced_shown=writer.announced(),
        recall_number=document.recall_number,
        is_closed=published.closed_at is not None,
        is_made_up=bool(document.made_up),
        heading=writer.text(texts.notice_heading),
        headline=writer.text(texts.headline),
        summary=writer.text(texts.summary),
        hazard=writer.text(texts.hazard),
        incidents=writer.incidents(),
        firm=firm.name,
        firm_legal_name=firm.legal_name,
        firm_role=firm.role,
        firm_address=firm.address,
        firm_website=firm.website,
        companies=writer.companies(),
        products=tuple(writer.product(product) for product in document.products),
        countries=tuple(writer.country(part) for part in document.jurisdictions),
        steps=writer.texts(texts.stop),
        remedies=tuple(writer.remedy(remedy) for remedy in document.remedies),
        decided_within=_decided_within(document.promises.review_days),
        receipt=_receipt(document.evidence.receipt),
        keep=writer.texts(texts.keep),
        disposal=writer.texts(document.disposal.guidance),
        never=writer.texts(document.disposal.never),
        answers=tuple(
            Answer(writer.text(each.question), writer.text(each.answer)) for each in document.faq
        ),
        contacts=tuple(writer.contact(brand) for brand in document.brands),
        share=writer.text(texts.share),
        no_fee=gettext("We never ask for a card number or a fee. You need no account."),
    )
