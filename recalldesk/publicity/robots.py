"""What counts as a robot: one simple rule for the program's own count and for logs.

Guarantee: it looks at nothing but at what the program that asks calls itself (its user agent).
Whoever says nothing of themselves, or says one of these words, is a robot; one that poses as a
browser counts as a visitor.
"""

import re
from functools import lru_cache

WORDS = (
    "bot", "crawl", "spider", "slurp", "preview", "externalhit", "fetch", "monitor", "headless",
    "lighthouse", "curl", "wget", "python", "java/", "libwww", "http-client", "httpclient", "axios",
    "okhttp", "go-http", "+http",
)  # fmt: skip
_SAYS_IT = re.compile("|".join(map(re.escape, WORDS)))
NOT_ROBOTS = re.compile(r"cubot")
"""Telephones of a maker whose name ends so."""


@lru_cache(maxsize=4_096)
def is_robot(user_agent: str) -> bool:
    """Whether a robot asks."""
    said = NOT_ROBOTS.sub("", user_agent.casefold().strip(" -"))
    return not said or _SAYS_IT.search(said) is not None
