"""Feeds of made-up recalls, drawn from a seed, with the models that each of them names."""

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

LETTERS = "ABCDEFGHJKLMNPRSTVWXYZ"
THINGS = ("kettles", "lamps", "heaters", "power banks", "cribs", "strollers", "drills", "helmets")
FIRST = date(2004, 1, 1)
SENTENCES = (
    "The firm's name is printed on the front (made up).",
    "They were sold from {month} {year} through {month} {next_year} for about ${price}.",
    "About {units} units are involved, with batch codes B{code} and UPC {upc}.",
    "The serial number is on the bottom, beside the recall number {code}.",
    "Call the firm at 800-555-{code} from 9 a.m. to 5 p.m. ET Monday through Friday.",
    "The {inch}-inch cord and the {volt}V charger are not included in this recall.",
)
WORDINGS = (
    "This made-up recall involves {thing} with model numbers {models}.",
    "The recalled {thing} are models {models}.",
    "Only {thing} of model number {models} are included; the number is on the base.",
    "The {thing} have item number {models} on the hang tag.",
)


def model(draw: random.Random) -> str:
    """One such as KT-4410 or A1263B."""
    letters = "".join(draw.choices(LETTERS, k=draw.randint(1, 3)))
    mark = draw.choice(("", "-"))
    return (
        f"{letters}{mark}{draw.randint(1_000, 99_999)}{draw.choice(('', '', draw.choice(LETTERS)))}"
    )


def _listed(models: list[str]) -> str:
    if len(models) == 1:
        return models[0]
    return f"{', '.join(models[:-1])} and {models[-1]}"


def entry(number: int, draw: random.Random) -> tuple[dict[str, Any], list[str]]:
    """An entry of the CPSC's form, and the models that it names."""
    models = list(dict.fromkeys(model(draw) for _ in range(draw.randint(0, 5))))
    thing, day = draw.choice(THINGS), FIRST + timedelta(days=draw.randrange(7_000))
    values = {
        "month": draw.choice(("January", "June", "October")),
        "year": day.year - 2,
        "next_year": day.year - 1,
        "price": draw.randint(5, 900),
        "units": f"{draw.randint(1_000, 900_000):,}",
        "code": draw.randint(1_000, 9_999),
        "upc": draw.randint(10**11, 10**12 - 1),
        "inch": draw.randint(3, 60),
        "volt": draw.choice((12, 18, 20)),
    }
    told = [draw.choice(WORDINGS).format(thing=thing, models=_listed(models))] if models else []
    told += [draw.choice(SENTENCES).format(**values) for _ in range(18)]
    when = f"{day}T00:00:00"
    return {
        "RecallID": number,
        "RecallNumber": f"{number:05}",
        "RecallDate": when,
        "Description": " ".join(told),
        "URL": f"https://www.example.org/made-up/{number}",
        "Title": f"Made-up Works {number % 700} Recalls {thing.title()}",
        "ConsumerContact": "Made up: nobody answers.",
        "LastPublishDate": when,
        "Products": [{"Name": thing, "Model": "", "NumberOfUnits": f"About {values['units']}"}],
        "Images": [{"URL": f"https://www.example.org/made-up/{number}-{n}.jpg"} for n in range(6)],
        "Injuries": [{"Name": "None reported (made up)."}],
        "Manufacturers": [{"Name": f"Made-up Works {number % 700} Inc.", "CompanyID": ""}],
        "Hazards": [{"Name": "It can overheat (made up).", "HazardType": ""}],
        "Remedies": [{"Name": " ".join(SENTENCES[0] for _ in range(20))}],
        "RemedyOptions": [{"Option": "Refund"}],
    }, models


def write(path: Path, numbers: range, *, seed: int) -> dict[int, list[str]]:
    """Writes a feed of recalls with these numbers; which models each names."""
    draw = random.Random(seed)
    named: dict[int, list[str]] = {}

    def lines() -> Iterator[str]:
        for number in numbers:
            made, named[number] = entry(number, draw)
            yield json.dumps(made)

    with path.open("w", encoding="utf-8") as file:
        file.write("[")
        for place, line in enumerate(lines()):
            file.write(f",\n{line}" if place else line)
        file.write("]\n")
    return named
