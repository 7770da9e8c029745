"""The check as a form sends it, and the answer as a page shows it.

Guarantee: an invalid or outlived token never makes an answer less than `look_again`.
"""

from dataclasses import asdict, dataclass

from django.http import QueryDict

from recalldesk.checks.asking import ask, ask_with_photo
from recalldesk.checks.states import Source
from recalldesk.portal.subject import Subject, find_subject, subject_of
from recalldesk.recalls.reads import known_recall
from recalldesk.units.errors import SecondLookInvalid
from recalldesk.units.second_look import binding_token
from recalldesk.units.verdict.answer import Answer, Verdict
from recalldesk.units.verdict.photographed import Photographed

LONGEST_FIELD = 200


@dataclass(frozen=True)
class Asked:
    """What a form sent. `recall` and `brand` only choose the frame of the answer."""

    serial: str = ""
    model: str = ""
    variant: str = ""
    country: str = ""
    second_look: str = ""
    recall: str = ""
    brand: str = ""

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """What to send to ask the same again, by field; fields left out are not named."""
        return tuple((name, value) for name, value in asdict(self).items() if value)


@dataclass(frozen=True)
class Told:
    """An answer and whose page it is on. `subjects` are the recalls that gave the verdict."""

    answer: Answer
    subjects: tuple[Subject, ...]
    page: Subject | None
    token_was_lost: bool


def serial_from(form: QueryDict, field: str) -> str:
    """A serial as it was typed. However long, it is never cut: what would be lost may be the serial
    itself, behind spaces that nobody sees."""
    return str(form.get(field, "")).strip()


def asked_from(form: QueryDict) -> Asked:
    """The fields of a form; all but the serial are cut to a length that no honest entry has."""

    def field(name: str) -> str:
        return str(form.get(name, ""))[:LONGEST_FIELD].strip()

    return Asked(
        serial=serial_from(form, "serial"),
        model=field("other_model") or field("model"),
        variant=field("variant"),
        country=field("country").upper(),
        second_look=str(form.get("second_look", ""))[:2000],
        recall=field("recall"),
        brand=field("brand"),
    )


def _answer(
    asked: Asked, hinted: Subject | None, photo: Photographed | None, shop: str
) -> tuple[Answer, bool]:
    """The answer, and whether the token that came with the question was of no use.

    Where no model was chosen, the products of the page asked from are meant. A token that is of no
    use binds like one that came within reach: an owner who has one did look again.
    """
    models = (asked.model,) if asked.model else hinted.models if hinted else ()
    source = Source.FRAME if shop else Source.PAGE

    def answered(second_look: str) -> Answer:
        if photo is None:
            return ask(
                asked.serial, source=source, models=models, second_look=second_look, shop=shop
            )
        return ask_with_photo(asked.serial, photo=photo, models=models, second_look=second_look)

    try:
        return answered(asked.second_look), False
    except SecondLookInvalid:
        return answered(binding_token()), True


def tell(asked: Asked, photo: Photographed | None = None, *, shop: str = "") -> Told:
    """Asks, with what was read in a photo where there is one, and gathers what the page needs.
    `shop`: on whose page, where it is asked in a frame.

    Raises AnswerUnavailable.
    """
    hinted = find_subject(asked.recall, asked.brand)
    answer, token_was_lost = _answer(asked, hinted, photo, shop)
    subjects = []
    for entry in answer.recalls:
        live = known_recall(entry.recall) if entry.verdict == answer.verdict else None
        if live is None:
            continue
        same = hinted is not None and hinted.slug == live.slug
        subjects.append(hinted if same and hinted else subject_of(live, model=asked.model))
    return Told(
        answer=answer,
        subjects=tuple(subjects),
        page=_page_of(answer, subjects, hinted),
        token_was_lost=token_was_lost,
    )


def _page_of(answer: Answer, subjects: list[Subject], hinted: Subject | None) -> Subject | None:
    """Whose page the answer is on: the one asked from, else the first recall that answers.

    A "no" of several recalls that was asked from no page is on nobody's.
    """
    if hinted and hinted.slug in {subject.slug for subject in subjects}:
        return hinted
    if answer.verdict is Verdict.NOT_AFFECTED and len(subjects) > 1:
        return None
    return subjects[0] if subjects else hinted
