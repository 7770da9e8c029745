"""`recalldesk check`: the same answer as on the page and from the API."""

import json
from typing import Annotated

import typer

from recalldesk.checks.asking import ask
from recalldesk.checks.counts import write_now
from recalldesk.checks.others import whole_answer
from recalldesk.checks.states import Source
from recalldesk.cli.screen import err, plain, say
from recalldesk.recalls.reads import live_recalls
from recalldesk.units.live import live_index, wait_for_builds


def check(
    serial: Annotated[str, typer.Argument(help="As printed; spaces and dashes are fine.")],
    model: Annotated[
        str, typer.Option(help="The model, if known. It never makes an answer less careful.")
    ] = "",
    country: Annotated[
        str, typer.Option(help="Two letters (ISO 3166). No answer depends on it yet.")
    ] = "",
    second_look: Annotated[
        str, typer.Option(help="The token of the last answer about the same unit.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print what the API answers.")] = False,
) -> None:
    """Check one serial number against every published recall."""
    if country and not (len(country) == 2 and country.isalpha()):
        raise typer.BadParameter("is two letters, such as US", param_hint="--country")
    live_recalls()  # a database that is away, or has no tables yet, is said here in its own words
    index = live_index()
    if index is not None and index.missing:
        err.print("The index is not on this machine; building it …", markup=False)
        wait_for_builds()  # it would end with this program
    models = (model,) if model else ()
    try:
        found = ask(serial, source=Source.COMMAND, models=models, second_look=second_look)
    finally:
        write_now()
    answer = whole_answer(found, models)
    if as_json:
        say(json.dumps(answer, ensure_ascii=False))
        return
    say(f"{answer['verdict']} ({answer['why']})")
    for entry in answer["recalls"]:
        say(f"  {entry['recall']}, version {entry['version']}: {entry['verdict']}")
    if answer["look_at"]:
        places = ", ".join(str(place) for place in answer["look_at"])
        say(f"  look again at character {places}")
    if answer["second_look"]:
        say(f"  second look: {answer['second_look']}")
    say(answer["next"])
    for other in answer["may_also_be_in"]:
        say(plain(f"Model {other['model']} may also be in another recall: {other['title']}"))
        told = ", ".join(each for each in (other["firm"], other["date"], other["url"]) if each)
        say(plain(f"  {told}; we do not answer for that recall"))
