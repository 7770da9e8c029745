"""What was mailed to one made-up owner, read from the page that shows all mail of a demo.

Guarantee: a letter is taken once, and none that was there before.
"""

import html
import re
from dataclasses import dataclass

from recalldesk.demo.browser import Browser

PAGE = "/en/demo/mail"
ARTICLE = re.compile(r"<article\b.*?</article>", re.DOTALL)
SUBJECT = re.compile(r"<h2[^>]*>(.*?)</h2>", re.DOTALL)
TO = re.compile(r"<bdi>(.*?)</bdi>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
LINK = re.compile(r"https?://\S+/claims/link/[\w-]+")
CODE = re.compile(r"\b\d{6}\b")


@dataclass(frozen=True)
class Letter:
    """One letter, as text."""

    subject: str
    text: str

    @property
    def link(self) -> str:
        """The link that opens the claim. Raises LookupError."""
        return self._found(LINK, "link")

    @property
    def code(self) -> str:
        """The code of six digits. Raises LookupError."""
        return self._found(CODE, "code of six digits")

    def _found(self, form: re.Pattern[str], what: str) -> str:
        found = form.search(self.text)
        if found is None:
            raise LookupError(f"no {what} in the letter {self.subject!r}")
        return found[0]


class Mailbox:
    """The letters to one address that come from now on."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        self._taken = self._letters()

    def letter_saying(self, words: str) -> Letter | None:
        """The newest letter with these words that was not taken yet, if it came."""
        for letter in self._letters():
            if words in letter.text and letter not in self._taken:
                self._taken.append(letter)
                return letter
        return None

    def _letters(self) -> list[Letter]:
        """All that the page shows, the newest first."""
        return [
            Letter(_plain(SUBJECT.search(article)), _text(article))
            for article in ARTICLE.findall(self._browser.open(PAGE).text)
            if _plain(TO.search(article)) == self._address
        ]


def _plain(found: re.Match[str] | None) -> str:
    return _text(found[1]) if found else ""


def _text(marked: str) -> str:
    return " ".join(html.unescape(TAG.sub(" ", marked)).split())
