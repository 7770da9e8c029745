"""`python -m recalldesk.cleaning`: one photo from standard input, one answer to output.

The answer is a line of JSON, then the JPEG, if there is one. `apart.py` reads it.
"""

from recalldesk.cleaning.one_photo import Head, answer_for_one
from recalldesk.cleaning.picture import cleaned


def _made_of(content: bytes) -> tuple[Head, bytes]:
    picture = cleaned(content)
    head: Head = {
        "width": picture.width,
        "height": picture.height,
        "likeness": picture.likeness.hex(),
    }
    return head, picture.jpeg


if __name__ == "__main__":
    answer_for_one(_made_of)
