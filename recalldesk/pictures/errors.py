"""Why a file gives no picture of a product, in words for the member of staff who brought it."""

from collections.abc import Mapping

from recalldesk.cleaning.answers import Fault
from recalldesk.foundation.problem import Problem


class PictureProblem(Problem):
    """A file of which no picture was made; `hint` says what to do."""


WORDS: Mapping[Fault, tuple[str, str]] = {
    Fault.NOT_A_PICTURE: (
        "It is no picture that can be opened.",
        "Bring a JPEG, PNG, WebP or HEIC.",
    ),
    Fault.DAMAGED: ("It is damaged or cut off.", "Export it anew, or take the photo again."),
    Fault.TOO_MANY_PIXELS: (
        "It has more than 40 megapixels.",
        "Make it smaller: 1,280 pixels of width are enough.",
    ),
    Fault.TOO_SMALL: (
        "Its shorter side has fewer than 200 pixels.",
        "Bring the photo itself, not its preview.",
    ),
    Fault.TOO_MUCH_WORK: (
        "It is made in a way that cannot be opened.",
        "Save it anew as a plain JPEG or PNG.",
    ),
}
SVG = PictureProblem(
    "It is an SVG, a drawing that may hold programs.", "Save it as PNG, 1,280 pixels wide."
)
TOO_LARGE = PictureProblem(
    "It has over 25 MB.", "Make it smaller: 1,280 pixels of width are enough."
)
DIED = PictureProblem(
    "It could not be opened this time, perhaps through no fault of its own.", "Bring it again."
)
TWICE = PictureProblem(
    "Another file was brought for the same name.", "Bring one file for each name."
)


def problem_of(fault: Fault, content: bytes) -> PictureProblem:
    """What is wrong with a file's content."""
    if fault is Fault.NOT_A_PICTURE and b"<svg" in content[:4096].lower():
        return SVG
    return PictureProblem(*WORDS[fault])
