"""What is looked for on photos, as a recall's document says it: its products' labels, its marks."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from recalldesk.reading.asked import ExpectedMarking, LabelForm, ProductForm
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.remedy import Mark


def label_form_of(documents: Iterable[Document]) -> LabelForm:
    """The labels of all products that these documents name; `models` begins with the model.

    A name that several models share would tell none of them, and is left out.
    """
    products = [product for document in documents for product in document.products]
    named = {(name, product.model) for product in products for name in product.names}
    models_called = Counter(name for name, _ in named)
    forms = (
        ProductForm(
            models=(
                product.model,
                *(name for name in product.names if models_called[name] == 1),
            ),
            serial=product.serial.form,
            prefix=product.serial.prefix,
        )
        for product in products
    )
    return LabelForm(tuple(dict.fromkeys(forms)))


def expected_marking(document: Document | None, *, code: str, shown_on: date) -> ExpectedMarking:
    """What the document asks an owner to write; without one, the code alone.

    The name is left out: whoever knows it holds it against the lines that were read.
    """
    if document is None:
        return ExpectedMarking(code=code)
    asked = document.evidence.marks
    return ExpectedMarking(
        word=document.evidence.word if Mark.WORD in asked else "",
        code=code if Mark.CODE in asked else "",
        date=shown_on.isoformat() if Mark.DATE in asked else "",
    )
