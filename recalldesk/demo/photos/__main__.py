"""`python -m recalldesk.demo.photos`: draws a photo for somebody who tries Recalldesk by hand.

Guarantees: the same words and seed draw the same photo; an existing file is left as it is; what
the lettering does not have is refused, so that no photo lacks what was asked for.
"""

from pathlib import Path
from typing import Annotated

import typer
from PIL import Image

from recalldesk.demo.photos.conditions import Condition, as_jpeg
from recalldesk.demo.photos.labels import draw_label
from recalldesk.demo.photos.markings import draw_marking

CANNOT_WRITE = 1


def draw(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The JPEG to write; it must not exist yet.")
    ],
    serial: Annotated[str, typer.Option(help="Draw a label with this serial.")] = "",
    model: Annotated[str, typer.Option(help="The model on the label.")] = "A1263",
    word: Annotated[str, typer.Option(help="Draw a unit marked with this word.")] = "",
    code: Annotated[str, typer.Option(help="The code that is written below it.")] = "",
    name: Annotated[str, typer.Option(help="The name that is written below it.")] = "",
    date: Annotated[str, typer.Option(help="The day that is written below it.")] = "",
    condition: Annotated[Condition, typer.Option(help="How it is taken.")] = Condition.CLEAN,
    seed: Annotated[int, typer.Option(help="Another number draws another photo.")] = 2,
) -> None:
    """Draw a made-up photo of a label (--serial) or of a marked unit (--word, --code …)."""
    for text in (serial, model, word, code, name, date):
        if text and not (text.isascii() and text.isprintable() and text.strip()):
            typer.echo(
                f"{text!r} cannot be drawn: use letters without accents, digits and signs.",
                err=True,
            )
            raise typer.Exit(2)
    photo = _drawn(serial, model, (word, code, name, date), condition, seed)
    if photo is None:
        typer.echo("Give either --serial, or what is written: --word, --code …", err=True)
        raise typer.Exit(2)
    try:
        with file.open("xb") as opened:
            opened.write(as_jpeg(photo))
    except FileExistsError as error:
        typer.echo(f"{file} is there already. Name another file.", err=True)
        raise typer.Exit(CANNOT_WRITE) from error
    except OSError as error:
        typer.echo(f"{file} cannot be written: {error.strerror}.", err=True)
        raise typer.Exit(CANNOT_WRITE) from error


def _drawn(
    serial: str, model: str, written: tuple[str, str, str, str], condition: Condition, seed: int
) -> Image.Image | None:
    """The photo; None where neither, or both, were asked for."""
    if bool(serial) == any(written):
        return None
    if serial:
        return draw_label(serial, model, seed, condition)
    word, code, name, date = written
    return draw_marking(word, code, name, date, seed=seed, condition=condition)


if __name__ == "__main__":
    typer.run(draw)
