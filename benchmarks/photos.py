"""Hostile and sound photos through the whole of their life: every one answered, nothing leaks."""

from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.child import run_child
from benchmarks.report import Section
from benchmarks.sizes import Sizes

WORKER_LIMIT, CHILD_LIMIT = 200, 1024
"""MiB. The second is what `cleaning/bounds.py` sets."""


def measure(folder: Path, sizes: Sizes) -> Section:
    """Everything about photos that come in."""
    run_child("benchmarks.photos_made", str(folder), str(sizes.uploads), str(sizes.largest_side))
    done = run_child("benchmarks.photos_child", str(folder), str(sizes.rounds))
    section = Section(
        "Photos come in, most of them hostile",
        f"{done['uploads']:,} files, each received into a set, then looked after as its job does "
        "(no scanner; a folder as the store): one of every odd kind (truncated, polyglots, bombs, "
        "one pixel, animated, CMYK, 16 bits, huge and damaged EXIF with a place on earth, SVG and "
        "other documents), then photos of the four formats in which chance altered, cut out, "
        "doubled or inserted bytes, by seeds; and sound ones of just under 40 megapixels in the "
        "forms that take decoders the most memory. What is served is read by its segments. Memory "
        "is the peak of the process that receives and looks after, and of the largest process that "
        "decodes. Processor time is that of a photo of 12 megapixels, made up, from its arrival "
        f"to its picture, all processes; median of {sizes.rounds}.",
    )
    _judge_answers(section, done)
    _judge_memory(section, done)
    for form, seconds in done["seconds_for_12_megapixels"].items():
        section.add(
            f"processor time of 12 megapixels, {form}",
            f"{seconds['all']:.2f} s, of which decoding {seconds['decoding']:.2f} s",
        )
    section.add(
        "processor time of one hostile file, mean", f"{done['seconds_for_a_hostile_one']:.2f} s"
    )
    return section


def _judge_answers(section: Section, done: dict[str, Any]) -> None:
    uploads = done["uploads"]
    of = f"of {uploads:,}"
    answers = Counter(done["answers"])
    for what, count in (
        ("errors that are no answer", done["crashes"]),
        ("files without an outcome, or without words for it", done["unanswered"]),
        ("pictures served with anything but the picture", done["not_plain"]),
        ("pictures served larger than 2048 pixels", done["too_large"]),
    ):
        section.judge(what, f"{count} {of}", "0", reached=count == 0)
    told = ", ".join(f"{name} {count:,}" for name, count in answers.most_common())
    section.judge("answers", told, "one each", reached=answers.total() == uploads)


def _judge_memory(section: Section, done: dict[str, Any]) -> None:
    for what, peak, limit in (
        ("peak memory of whoever receives and looks after", done["mebibytes"], WORKER_LIMIT),
        ("peak memory of the largest that decodes", done["decoding_mebibytes"], CHILD_LIMIT),
    ):
        section.judge(what, f"{peak:.0f} MiB", f"under {limit} MiB", reached=peak < limit)
