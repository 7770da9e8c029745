"""What is agreed to with a wave, as one digest: whatever changes, the digest does."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from recalldesk.outreach.models import Wave, WaveText


def digest_of_contents(wave: Wave) -> str:
    """Of all that is approved: whom, by what, when, how fast, at what price, of which version, and
    every word."""
    return _digest(
        {
            "recall": wave.recall_id,
            "kind": wave.kind,
            "ways": sorted(wave.ways),
            "audience": wave.audience,
            "silent_days": wave.silent_days,
            "starts_at": wave.starts_at.isoformat() if wave.starts_at else None,
            "per_minute": wave.per_minute,
            "per_domain": wave.per_domain,
            "costs": wave.costs,
            "currency": wave.currency,
            "words": digest_of_words(wave),
        }
    )


def digest_of_words(wave: Wave) -> str:
    """Of its words alone, and the version that fills their places: of what a test shows."""
    rows = WaveText.objects.filter(wave=wave, way__in=wave.ways).order_by("way", "language")
    texts = [list(each) for each in rows.values_list("way", "language", "subject", "body")]
    return _digest({"version": wave.version_id, "texts": texts})


def _digest(said: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
