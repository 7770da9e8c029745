"""Which list of a recall a file goes into, and what its serials look like there."""

from dataclasses import dataclass

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.scope import ListSpec, Meaning
from recalldesk.recalls.models import Recall
from recalldesk.units.errors import ImportRefused
from recalldesk.units.models import SerialList
from recalldesk.units.ranges_form import Counting


@dataclass(frozen=True)
class ListPlace:
    """A list, the form of its serials, and how its ranges count on."""

    serial_list: SerialList
    form: SerialForm
    counting: Counting


def form_of(entry: ListSpec, document: Document) -> SerialForm:
    """The form of a list: that of its products, wide enough for each of them."""
    forms = [document.product_by_key[key].serial.form for key in entry.products]
    shaped = all(form.shapes for form in forms)
    return SerialForm(
        alphabet=forms[0].alphabet,
        shortest=min(form.shortest for form in forms),
        longest=max(form.longest for form in forms),
        folding=forms[0].folding,
        look_alikes=forms[0].look_alikes,
        shapes=tuple(dict.fromkeys(s for form in forms for s in form.shapes)) if shaped else (),
    )


def choose_list(document: Document, *, name: str, made: bool) -> ListSpec:
    """The list that is named, or the only one there is. Raises ImportRefused."""
    lists = [
        entry
        for entry in document.scope.lists
        if (entry.meaning is Meaning.MADE) == made and name in ("", entry.name)
    ]
    if len(lists) == 1:
        return lists[0]
    kind = "of all serials made" if made else "of this recall"
    every = [e.name for e in document.scope.lists if (e.meaning is Meaning.MADE) == made]
    if not every:
        raise ImportRefused(
            f"The recall file names no list {kind}.",
            "Add it under [[scope.lists]]"
            + (' with meaning = "made"' if made else "")
            + ", and apply the file.",
        )
    if name:
        raise ImportRefused(f"There is no list {name!r} {kind}.", f"There are: {', '.join(every)}.")
    raise ImportRefused(
        f"There are several lists {kind}.", f"Name one with --list: {', '.join(every)}."
    )


def place_for(
    recall: Recall, document: Document, *, name: str = "", made: bool = False
) -> ListPlace:
    """The list a file goes into. Raises ImportRefused where it is not clear which."""
    entry = choose_list(document, name=name, made=made)
    serial_list, _ = SerialList.objects.get_or_create(recall=recall, name=entry.name)
    return ListPlace(serial_list, form_of(entry, document), Counting(entry.counting))
