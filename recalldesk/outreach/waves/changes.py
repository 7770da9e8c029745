"""What of a wave changed since somebody was last asked to approve it.

Guarantee: whatever the digest of its contents is made of is compared, so that nothing changes
unseen.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from recalldesk.outreach.models import Wave, WaveText

WHAT = {
    "name": "Name",
    "kind": "What for",
    "ways": "By what",
    "audience": "Who",
    "silent_days": "Days of silence",
    "starts_at": "Start",
    "per_minute": "At most in a minute",
    "per_domain": "At most in a minute to one mail domain",
    "costs": "Costs",
    "currency": "Currency",
    "version": "Version of the recall",
}


@dataclass(frozen=True)
class Change:
    """Something that is not what it was. `way`, `language`: of words, else empty."""

    what: str
    before: str
    now: str
    way: str = ""
    language: str = ""


def contents_of(wave: Wave) -> dict[str, Any]:
    """All that is approved, as JSON."""
    rows = WaveText.objects.filter(wave=wave, way__in=wave.ways).order_by("way", "language")
    return {
        "kind": wave.kind,
        "ways": list(wave.ways),
        "audience": wave.audience,
        "silent_days": wave.silent_days,
        "starts_at": wave.starts_at.isoformat(timespec="minutes") if wave.starts_at else "",
        "per_minute": wave.per_minute,
        "per_domain": wave.per_domain,
        "costs": wave.costs,
        "currency": wave.currency,
        "version": wave.version.number if wave.version else None,
        "texts": {
            f"{each.way} {each.language}": {"subject": each.subject, "body": each.body}
            for each in rows
        },
    }


def changes_since_asked(wave: Wave) -> tuple[Change, ...]:
    """What changed since it was last asked for; nothing where it never was before."""
    before = wave.asked_before
    return changes_between(before, contents_of(wave)) if before else ()


def changes_between(before: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Change, ...]:
    """What is not what it was, of what `contents_of` says."""
    found = [
        Change(words, _plain(before.get(name)), _plain(now.get(name)))
        for name, words in WHAT.items()
        if before.get(name) != now.get(name)
    ]
    return (*found, *_of_texts(before.get("texts", {}), now["texts"]))


def _of_texts(before: dict[str, Any], now: dict[str, Any]) -> list[Change]:
    found: list[Change] = []
    for key in sorted({*before, *now}):
        way, _, language = key.partition(" ")
        old, new = before.get(key, {}), now.get(key, {})
        found += [
            Change(name, old.get(name, ""), new.get(name, ""), way, language)
            for name in ("subject", "body")
            if old.get(name, "") != new.get(name, "")
        ]
    return found


def _plain(value: object) -> str:
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_plain(each)}" for name, each in sorted(value.items()))
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return value if isinstance(value, str) else json.dumps(value)
