"""`recalldesk notice`: what the public reads, at a terminal."""

import json
import os
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from recalldesk.cli.named import recall_or_refuse
from recalldesk.cli.recall import Slug
from recalldesk.cli.screen import say
from recalldesk.notices.addresses import page_address
from recalldesk.notices.embedding import Embed, snippet
from recalldesk.notices.lines import as_text
from recalldesk.notices.notice import Notice
from recalldesk.notices.papers.branded import brand_keyed
from recalldesk.notices.papers.keeping import printed
from recalldesk.notices.papers.kinds import Kind, Paper, usual_paper
from recalldesk.notices.published import Published, versions_published
from recalldesk.notices.social import SocialText, social_texts
from recalldesk.notices.writing import notice_of
from recalldesk.portal.shops import shops_of
from recalldesk.recalls.document.firm import Brand
from recalldesk.recalls.document.parts import LANGUAGES
from recalldesk.recalls.errors import RecallProblem

app = typer.Typer(no_args_is_help=True)
Language = Annotated[
    str, typer.Option(help=f"The language: {' or '.join(LANGUAGES)}; else the first it has.")
]
Version = Annotated[
    int | None, typer.Option(help="A version that was published; else the live one.")
]


class Form(StrEnum):
    """How a notice is shown."""

    TEXT = "text"
    JSON = "json"
    SOCIAL = "social"
    EMBED = "embed"


@app.callback()
def _group() -> None:
    """What the public reads."""


@app.command("show")
def show(
    slug: Slug,
    language: Language = "",
    version: Version = None,
    as_: Annotated[
        Form,
        typer.Option("--as", help="As text, as JSON, the texts for networks, or frames for shops."),
    ] = Form.TEXT,
    shop: Annotated[
        str, typer.Option(help="With --as embed: the key of the shop, as the recall file has it.")
    ] = "",
) -> None:
    """Show the notice of a recall: what its page, feed and texts for networks say."""
    published = _published(slug, version)
    notice = notice_of(published, _language(published, language))
    if as_ is Form.JSON:
        say(json.dumps(asdict(notice), ensure_ascii=False, indent=2, default=str))
    elif as_ is Form.SOCIAL:
        for text in social_texts(notice, link=page_address(published, notice.language)):
            _say_social(text)
    elif as_ is Form.EMBED:
        _say_frames(published, notice, shop)
    else:
        say(_told(notice, published))


@app.command("print")
def print_(
    slug: Slug,
    what: Annotated[Kind, typer.Option(help="What is printed.")] = Kind.POSTER,
    paper: Annotated[
        Paper | None,
        typer.Option(
            help="Its size; else an office's in the recall's first country.", case_sensitive=False
        ),
    ] = None,
    language: Language = "",
    version: Version = None,
    brand: Annotated[
        str, typer.Option(help="The key of one brand, with its phone and check; else of all.")
    ] = "",
    to: Annotated[
        Path | None, typer.Option(help="The file, or the folder in which it gets its usual name.")
    ] = None,
) -> None:
    """Make the poster, the press release or the letter to shops, as PDF."""
    published = _published(slug, version)
    size = paper or usual_paper(published.document.countries)
    made = printed(
        what,
        size,
        published,
        _language(published, language),
        brand=_brand(published, brand),
    )
    file = to or Path(made.name)
    if file.is_dir():
        file = file / made.name
    _write(file, made.pdf)
    say(f"{file}: {what.value.replace('-', ' ')}, {size.shown}, version {published.number}.")


def _write(file: Path, pdf: bytes) -> None:
    unfinished = file.with_name(f".{file.name}.part")
    try:
        unfinished.write_bytes(pdf)
        os.replace(unfinished, file)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise RecallProblem(
            f"{file} cannot be written: {error.strerror}.", "Name another file with --to."
        ) from error


def _published(slug: str, number: int | None) -> Published:
    """The version meant. Raises RecallProblem where it was never published."""
    recall_or_refuse(slug)
    found = versions_published(slug)
    meant = [each for each in found if (each.is_live if number is None else each.number == number)]
    if not meant:
        numbers = ", ".join(str(each.number) for each in found) or "none yet"
        raise RecallProblem(
            f"{slug} has no such notice: only what was published has one.",
            f"Published versions: {numbers}.",
        )
    return meant[0]


def _language(published: Published, asked: str) -> str:
    spoken = published.document.languages
    if asked and asked not in spoken:
        raise RecallProblem(
            f"{published.slug} does not speak {asked!r}.", f"It speaks {', '.join(spoken)}."
        )
    return asked or spoken[0]


def _brand(published: Published, key: str) -> Brand | None:
    found = brand_keyed(published, key)
    if key and found is None:
        keys = ", ".join(brand.key for brand in published.document.brands)
        raise RecallProblem(f"{published.slug} has no brand {key!r}.", f"Its brands: {keys}.")
    return found


def _told(notice: Notice, published: Published) -> str:
    state = "live" if published.is_live else "an old version"
    return f"{notice.recall} version {notice.version}, {state}\n\n{as_text(notice)}"


def _say_frames(published: Published, notice: Notice, shop: str) -> None:
    keys = [company.key for company in shops_of(published.document) if company.key]
    if shop and shop not in keys:
        raise RecallProblem(
            f"{published.slug} has no shop with the key {shop!r}.",
            f"Its shops are {', '.join(keys)}." if keys else "Give [[companies]] a `key` first.",
        )
    for embed in Embed:
        said = snippet(published, notice, embed, shop=shop)
        say(f"<!-- {embed.value}: {notice.recall} -->")
        say(said.html)


def _say_social(text: SocialText) -> None:
    network = text.network
    if text.why_not:
        say(f"{network.name}: no text, for {text.why_not}.\n")
    else:
        say(f"{network.name} ({text.length} of {network.longest}):\n{text.text}\n")
