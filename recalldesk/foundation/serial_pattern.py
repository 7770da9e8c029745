"""Patterns of serials, such as `BS30KP365*[0-9D]`, as sets of characters place by place.

Guarantee: a text matches a pattern exactly when one of its expansions holds the text's character in
each place. `?` is any character, `#` a digit, `[0-9D]` one of a set, `*` (once) any run; any other
character stands for itself.
"""

import re
from collections.abc import Iterable

Places = tuple[frozenset[str], ...]


class PatternError(ValueError):
    """The pattern cannot be read; the message says where and why."""


def _members(inside: str, alphabet: str) -> frozenset[str]:
    members: set[str] = set()
    place = 0
    while place < len(inside):
        if inside[place + 1 : place + 2] == "-" and place + 2 < len(inside):
            first, last = inside[place], inside[place + 2]
            if first > last:
                raise PatternError(f"[{inside}] names the range {first}-{last} backwards.")
            members.update(chr(c) for c in range(ord(first), ord(last) + 1) if chr(c) in alphabet)
            place += 3
        else:
            members.add(inside[place])
            place += 1
    unknown = sorted(members - set(alphabet))
    if unknown or not members:
        raise PatternError(f"[{inside}] holds {', '.join(unknown) or 'nothing'} of the alphabet.")
    return frozenset(members)


def _tokens(pattern: str, alphabet: str) -> list[frozenset[str] | None]:
    """One set for each place, None for the run."""
    tokens: list[frozenset[str] | None] = []
    rest = pattern.upper().replace(" ", "")
    while rest:
        character, rest = rest[0], rest[1:]
        if character == "*":
            tokens.append(None)
        elif character == "?":
            tokens.append(frozenset(alphabet))
        elif character == "#":
            tokens.append(frozenset(c for c in alphabet if c.isdigit()))
        elif character == "[":
            inside, closed, rest = rest.partition("]")
            if not closed:
                raise PatternError(f"{pattern!r} has a [ without its ].")
            tokens.append(_members(inside, alphabet))
        elif character in alphabet:
            tokens.append(frozenset(character))
        else:
            raise PatternError(f"{character!r} in {pattern!r} is not in the product's alphabet.")
    return tokens


def expand(pattern: str, *, alphabet: str, shortest: int, longest: int) -> tuple[Places, ...]:
    """The pattern for each length from `shortest` to `longest` that it can have.

    Raises PatternError where it cannot be read or fits no length.
    """
    tokens = _tokens(pattern, alphabet)
    runs = tokens.count(None)
    if runs > 1:
        raise PatternError(f"{pattern!r} has more than one *; at most one can be read.")
    fixed = len(tokens) - runs
    lengths = range(max(shortest, fixed), longest + 1) if runs else range(fixed, fixed + 1)
    anything = frozenset(alphabet)
    expansions: list[Places] = []
    for length in lengths:
        if not shortest <= length <= longest:
            continue
        places: list[frozenset[str]] = []
        for token in tokens:
            places += [anything] * (length - fixed) if token is None else [token]
        expansions.append(tuple(places))
    if not expansions:
        raise PatternError(
            f"{pattern!r} has {fixed} characters; serials have {shortest} to {longest}."
        )
    return tuple(expansions)


def matches(places: Places, folded: str) -> bool:
    """Whether a folded text has, in each place, a character of that place's set."""
    return len(places) == len(folded) and all(
        character in members for members, character in zip(places, folded, strict=True)
    )


NOTHING = "(?!)"


def one_of(characters: Iterable[str]) -> str:
    """An expression for one of these characters; for none, one that matches nothing."""
    members = "".join(re.escape(character) for character in sorted(characters))
    return f"[{members}]" if members else NOTHING


def any_of(patterns: Iterable[Places]) -> re.Pattern[str]:
    """An expression whose full matches are the texts that match one of the patterns."""
    return re.compile("|".join("".join(map(one_of, places)) for places in patterns) or NOTHING)
