"""What the recall file says of the products, their makers and their way to the consumer. Pure."""

from collections.abc import Iterator

from recalldesk.recalls.document import Document
from recalldesk.recalls.document.firm import Company, CompanyRole
from recalldesk.recalls.document.parts import Money, Window
from recalldesk.recalls.document.product import Product
from recalldesk.recalls.wording import said
from recalldesk.reports.section15b.parts import Item, Known

LANGUAGE = "en"
MAKERS = (CompanyRole.MANUFACTURER, CompanyRole.IMPORTER)


class OfProduct:
    """Fills the items that the products and the companies fill. `source` names the version."""

    def __init__(self, document: Document, source: str) -> None:
        self._document, self._source = document, source

    def identification(self) -> Item:
        """Item 1."""
        known = [
            self._known(text, f"products, {product.model}")
            for product in self._document.products
            for text in self._described(product)
        ]
        missing = [
            "Date codes of the units, or that they bear none: write them in by hand.",
            *(
                f"The price of {product.model}: under Made and sold."
                for product in self._document.products
                if product.sold.price is None
            ),
        ]
        return Item(1, tuple(known), tuple(missing))

    def makers(self) -> Item:
        """Item 2."""
        firm = self._document.firm
        role = f", {firm.role.value}" if firm.role else ""
        known = [
            self._known(f"{firm.legal_name or firm.name}, {_in_line(firm.address)}{role}", "firm")
        ]
        makers = [each for each in self._document.companies if each.role in MAKERS]
        known += [self._known(_company(each), "companies") for each in makers]
        missing = [f"The postal address of {each.name}: write it in by hand." for each in makers]
        if firm.role not in MAKERS and not makers:
            missing.append(
                "Who made the product or brought it in: under Made and sold, as a company; or say "
                "under Firm and brands that the firm did."
            )
        return Item(2, tuple(known), tuple(missing))

    def defect(self) -> Item:
        """Item 3."""
        known = self._known(
            said(self._document.texts.hazard, self._document, LANGUAGE), "texts.hazard"
        )
        return Item(
            3,
            (known,),
            (
                "The technical description of the defect: its cause, which units have it, drawings,"
                " tests and their results. The recall file holds none: attach them.",
            ),
        )

    def total(self) -> Item:
        """Item 7."""
        parts = self._document.jurisdictions
        known = [
            self._known(
                f"{each.country}: {'about ' if each.units_are_about else ''}{each.units:,} units",
                "jurisdictions",
            )
            for each in parts
            if each.units is not None
        ]
        missing = [
            f"How many units were sold in {each.country}: under Countries."
            for each in parts
            if each.units is None
        ]
        return Item(7, tuple(known), tuple(missing))

    def dates(self) -> Item:
        """Item 8."""
        known, missing = [], []
        for product in self._document.products:
            for word, window in (("made", product.made), ("sold at retail", product.sold)):
                if window is None:
                    missing.append(f"When {product.model} was {word}: under Made and sold.")
                else:
                    text = f"{product.model} {word} {_between(window)}"
                    known.append(self._known(text, f"products, {product.model}"))
        missing.append("When units were imported and distributed: write it in by hand.")
        return Item(8, tuple(known), tuple(missing))

    def levels(self) -> Item:
        """Item 9."""
        known, missing = [], []
        for each in self._document.jurisdictions:
            levels = each.levels
            if levels is None:
                missing.append(f"Who has the units in {each.country}: under Countries.")
                continue
            text = (
                f"{each.country}: manufacturer or importer {levels.manufacturer:,}, distributors "
                f"{levels.distributor:,}, retailers {levels.retailer:,}, consumers "
                f"{levels.consumer:,}"
            )
            known.append(self._known(text, "jurisdictions.levels"))
        return Item(9, tuple(known), tuple(missing))

    def way(self) -> Item:
        """Item 13."""
        known = [
            self._known(
                f"{product.model}: sold at {', '.join(product.sold.channels)}; in "
                f"{', '.join(product.sold.countries)}",
                f"products, {product.model}",
            )
            for product in self._document.products
        ]
        known += [self._known(_company(each), "companies") for each in self._document.companies]
        return Item(
            13,
            tuple(known),
            (
                "How units go from the maker to the consumer, step by step (representatives, "
                "contractors, installers): write it in by hand.",
            ),
        )

    def names(self) -> Item:
        """Item 14."""
        sellers = [each for each in self._document.companies if each.role not in MAKERS]
        known = [self._known(_company(each), "companies") for each in sellers]
        missing = ["Lists of distributors, retailers and purchasers: attach them once asked for."]
        return Item(14, tuple(known), tuple(missing))

    def _known(self, text: str, part: str) -> Known:
        return Known(text, f"{self._source}, {part}")

    def _described(self, product: Product) -> Iterator[str]:
        document = self._document
        yield f"{product.names[0]}, model {product.model}"
        yield said(product.description, document, LANGUAGE)
        looks = ", ".join(said(each.name, document, LANGUAGE) for each in product.variants)
        if looks:
            yield f"Looks: {looks}"
        yield f"Serial number: {said(product.serial.where, document, LANGUAGE)}"
        for each in product.identifiers:
            yield f"{each.channel}: {each.kind.upper()} {each.value}"
        if product.sold.price is not None:
            about = "about " if product.sold.price_is_about else ""
            yield f"Price: {about}{_money(product.sold.price)}"


def _company(company: Company) -> str:
    at = f", {_in_line(company.headquarters)}" if company.headquarters else ""
    return f"{company.name}{at}, {company.role.value}"


def _in_line(address: str) -> str:
    return ", ".join(part.strip() for part in address.splitlines() if part.strip())


def _between(window: Window) -> str:
    return f"from {window.since} to {window.until}" if window.until else f"since {window.since}"


def _money(money: Money) -> str:
    return f"{money.currency} {money.amount:,}"
