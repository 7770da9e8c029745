"""A readiness report at a terminal: the words first, a colour beside them."""

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from recalldesk.cli.screen import out, plain
from recalldesk.drill.readiness.points import Light, Point
from recalldesk.drill.readiness.report import Readiness

COLOURS = {Light.READY: "green", Light.LOOK: "yellow", Light.NOT_READY: "red"}
WIDEST = 100
INDENT = 4


def show(found: Readiness) -> None:
    """The headline and what to do first, the points at a glance, then each with what was seen."""
    width = min(out.width, WIDEST)
    _say(Text(plain(found.headline), style=f"bold {'green' if found.is_ready else 'red'}"), width)
    _say(Text(f"{found.firm}: {found.product}, {found.version}."), width)
    _say(Text(found.launch_in_words), width)
    if found.first:
        out.print()
        _say(Text("Do this first:" if len(found.first) == 1 else "Do these first:"), width)
        for number, each in enumerate(found.first, 1):
            _hang(Text(f"{number}."), _numbered(found, each), width)
    out.print()
    out.print(_at_a_glance(found), width=width, soft_wrap=False)
    for point in found.in_order:
        out.print()
        _say(Text.assemble((plain(point.name), "bold"), "  ", _stand(point.light)), width)
        for line in point.seen:
            _hang(_sign(line.light), Text(plain(line.words)), width)
        if point.todo:
            _hang(Text("→"), Text(f"To do: {plain(point.todo)}"), width)
    out.print()
    _say(Text("What the launch day is taken to bring", style="bold"), width)
    for words in found.launch.assumptions:
        _say(Text(words), width, indent=2)
    out.print()
    _say(Text("The drill", style="bold"), width)
    _say(Text("; ".join(f"{name.lower()}: {value}" for name, value in found.figures)), width, 2)


def _at_a_glance(found: Readiness) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for _ in range(2):
        table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for point in found.in_order:
        duty = "; ".join(each for each in (found.who(point), found.by(point)) if each)
        table.add_row(_stand(point.light), Text(plain(point.name)), Text(duty))
    return table


def _numbered(found: Readiness, point: Point) -> Text:
    whose = f" ({found.who(point)}; {found.by(point)})"
    return Text.assemble((f"{plain(point.name)}. ", "bold"), plain(point.todo), whose)


def _stand(light: Light) -> Text:
    return Text(f"{light.sign} {light.words}", style=COLOURS[light])


def _sign(light: Light) -> Text:
    return Text(light.sign, style=COLOURS[light])


def _hang(sign: Text, words: Text, width: int) -> None:
    """A sign, and the words beside it, folded under themselves."""
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(width=sign.cell_len)
    table.add_column(width=width - INDENT - 2, overflow="fold")
    table.add_row(sign, words)
    out.print(Padding(table, (0, 0, 0, 2)), soft_wrap=False)


def _say(text: Text, width: int, indent: int = 0) -> None:
    out.print(Padding(text, (0, 0, 0, indent)), width=width, soft_wrap=False)
