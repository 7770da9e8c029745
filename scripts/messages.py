"""Keeps the translations in step with the code, without GNU gettext.

`update` extracts the messages from Python and templates, merges them into each language, writes the
two pseudo-languages, and compiles. `check` fails where a page could show an untranslated or broken
message: missing, empty, fuzzy, with other placeholders, or compiled from an older state.
"""

import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "recalldesk"
LOCALE = PACKAGE / "locale"
TRANSLATED = ("es",)
PSEUDO = {"en_XA": "en", "ar_XB": "en"}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}")
ACCENTED = str.maketrans(
    "AaBbCcDdEeFfGgHhIiKkLlMmNnOoPpRrSsTtUuWwYyZz",
    "ÅåßƀÇçÐðÉéƑƒĜĝĤĥÎîĶķĻļṀɱÑñÖöÞþŔŕŠšŢţÛûŴŵÝýŽž",
)
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)


def sources() -> Iterator[tuple[str, io.BytesIO]]:
    """Every file with messages, as Python that the extractor reads."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield str(path.relative_to(ROOT)), io.BytesIO(path.read_bytes())
    for path in sorted(PACKAGE.rglob("templates/**/*.html")):
        python = templatize(path.read_text(encoding="utf-8"))
        lines = "\n".join(line.strip() for line in python.splitlines())
        yield str(path.relative_to(ROOT)), io.BytesIO(lines.encode())


def extracted() -> Catalog:
    """All messages of the code."""
    catalog = Catalog(domain="django", charset="utf-8")
    for name, source in sources():
        found = extract("python", source, keywords=KEYWORDS, options={"encoding": "utf-8"})
        for _, message, _, context in found:
            if message and message != ("", ""):
                catalog.add(message, locations=[(name, 0)], context=context)
    return catalog


def read(locale: str) -> Catalog:
    """The catalogue as it stands on disk."""
    path = LOCALE / locale / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return Catalog(locale=PSEUDO.get(locale, locale), domain="django")
    with path.open("rb") as file:
        return read_po(file, locale=PSEUDO.get(locale, locale), domain="django")


def as_po(catalog: Catalog) -> bytes:
    """The text of the .po file, the same for the same messages."""
    catalog.project, catalog.version = "Recalldesk", "1"
    catalog.creation_date = catalog.revision_date = NO_DATE
    catalog.header_comment = "# Written by scripts/messages.py."
    catalog.fuzzy, catalog.last_translator = False, "Recalldesk"
    catalog.msgid_bugs_address = catalog.language_team = "Recalldesk"
    file = io.BytesIO()
    write_po(file, catalog, width=100, sort_output=True, include_lineno=False)
    return re.sub(rb'"Generated-By: [^"]*"\n', b"", file.getvalue())


def as_mo(catalog: Catalog) -> bytes:
    """The compiled file."""
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def forms_of(text: str | list[str] | tuple[str, ...] | None) -> list[str]:
    """A message as a list: its singular alone, or with its plurals."""
    return [text] if isinstance(text, str) else list(text or ())


def entries(catalog: Catalog) -> dict[object, object]:
    """The messages that a compiled file holds, without its header, by their singular."""
    return {
        (forms_of(message.id)[0], message.context): forms_of(message.string)
        for message in catalog
        if message.id and not is_empty(message)
    }


def is_compiled(locale: str, catalog: Catalog) -> bool:
    """Whether the compiled file holds what the catalogue says."""
    path = LOCALE / locale / "LC_MESSAGES" / "django.mo"
    if not path.exists():
        return False
    with path.open("rb") as file:
        return entries(read_mo(file)) == entries(catalog)


def accented(text: str) -> str:
    """The text with accents, a third longer and in brackets; placeholders stay as they are."""
    parts = PLACEHOLDER.split(text)
    kept = [*PLACEHOLDER.findall(text), ""]
    body = "".join(part.translate(ACCENTED) + kept[place] for place, part in enumerate(parts))
    return f"[{body}{' ~' * max(1, round(len(text) * 0.15))}]"


def pseudo(locale: str) -> Catalog:
    """A catalogue in which every message shows that it was looked up."""
    catalog = Catalog(locale=PSEUDO[locale], domain="django")
    for message in extracted():
        if message.id:
            pseudo_forms = tuple(accented(form) for form in forms_of(message.id))
            catalog.add(
                message.id,
                pseudo_forms if len(pseudo_forms) > 1 else pseudo_forms[0],
                locations=message.locations,
                context=message.context,
            )
    return catalog


def merged(locale: str) -> Catalog:
    """The catalogue of a language, with the messages of the code and no others."""
    if locale in PSEUDO:
        return pseudo(locale)
    catalog = read(locale)
    catalog.update(extracted(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def update() -> int:
    """Writes every catalogue."""
    for locale in (*TRANSLATED, *PSEUDO):
        folder = LOCALE / locale / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        catalog = merged(locale)
        (folder / "django.po").write_bytes(as_po(catalog))
        (folder / "django.mo").write_bytes(as_mo(catalog))
        empty = sum(1 for message in catalog if message.id and is_empty(message))
        print(f"{locale}: {len(catalog)} messages, {empty} without a translation")
    return 0


def is_empty(message: Message) -> bool:
    """Whether a translation, or one of its plural forms, is missing."""
    forms = forms_of(message.string)
    return not forms or not all(forms)


def placeholders(text: str) -> list[str]:
    """The placeholders of a message."""
    return sorted(PLACEHOLDER.findall(text))


def problems_of(message: Message) -> Iterator[str]:
    """What is wrong with one translation."""
    if is_empty(message):
        yield "has no translation"
        return
    if message.fuzzy:
        yield "is marked fuzzy"
    originals = [placeholders(original) for original in forms_of(message.id)]
    for form in forms_of(message.string):
        if placeholders(form) not in originals:
            yield f"has other placeholders than the original: {form!r}"


def problems() -> Iterator[str]:
    """What is wrong with all of them."""
    for locale in (*TRANSLATED, *PSEUDO):
        on_disk, wanted = read(locale), merged(locale)
        if as_po(on_disk) != as_po(wanted):
            yield f"{locale}: differs from the code; run `python scripts/messages.py update`"
        if not is_compiled(locale, on_disk):
            yield f"{locale}: django.mo is stale; run `python scripts/messages.py update`"
        for message in wanted:
            if message.id:
                yield from (
                    f"{locale}: {message.id!r} {problem}" for problem in problems_of(message)
                )


def check() -> int:
    """Says what is wrong; 1 where anything is."""
    found = list(problems())
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


def main(words: list[str]) -> int:
    """The command line."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
    commands = {"update": update, "check": check}
    if len(words) != 1 or words[0] not in commands:
        print("usage: python scripts/messages.py update | check", file=sys.stderr)
        return 2
    return commands[words[0]]()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
