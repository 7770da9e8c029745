"""A serial as it was read, laid out for comparison with the unit: place by place, in fours."""

from dataclasses import dataclass

LONGEST_SHOWN = 60
GROUP = 4


@dataclass(frozen=True)
class Character:
    """One character and its place, counted from 1."""

    place: int
    text: str
    in_doubt: bool


@dataclass(frozen=True)
class Echo:
    """The characters, and the same in words for who does not see them."""

    characters: tuple[Character, ...]
    spoken: str
    grouped: str


def echo_of(read_as: str, look_at: tuple[int, ...] = ()) -> Echo:
    """The echo of a normalised text; places beyond what is shown are left out."""
    shown = read_as[:LONGEST_SHOWN]
    groups = [shown[start : start + GROUP] for start in range(0, len(shown), GROUP)]
    return Echo(
        characters=tuple(
            Character(place, text, place in look_at) for place, text in enumerate(shown, start=1)
        ),
        spoken=", ".join(" ".join(group) for group in groups),
        grouped=" ".join(groups),
    )
