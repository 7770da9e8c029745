"""How many pages a second the framework makes, and what a caching proxy in front makes of them."""

import gzip
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from benchmarks.proxy import Asked, Proxy, asked_of, nginx, running_before
from benchmarks.report import Section
from benchmarks.serving import Asker, Server, check_request, page_request
from benchmarks.sizes import Sizes

ROUNDS = 3
PAGES = {
    "home": "/en/",
    "recall": "/en/recalls/anker-a1263/",
    "check": "/en/recalls/anker-a1263/check",
}
ANSWER = "/en/check"
CHECKS = "/api/v1/checks"
POSTS = 20
"""Of each kind, through the proxy."""
SERIAL = "XWKKTTRRPPNNMMJJ"


class Rate(NamedTuple):
    """What a round gave: requests a second by the clock, and processor seconds a request."""

    a_second: float
    seconds_each: float


class Unexpected(RuntimeError):
    """A page did not come as it should, so that its rate would say nothing."""


def head_of(answer: bytes) -> dict[str, str]:
    """The headers of an answer, by their names in small letters."""
    lines = answer.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")[1:]
    return {
        name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)
    }


def text_of(answer: bytes) -> str:
    """The page in an answer, unpacked where it was compressed."""
    body = answer.partition(b"\r\n\r\n")[2]
    if head_of(answer).get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    return body.decode()


def form_request(path: str, fields: Mapping[str, str]) -> bytes:
    """A form, as a browser sends it from one of the site's own pages."""
    body = urlencode(fields).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\n"
        "Accept-Encoding: gzip\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _round(port: int, used: Callable[[], float], path: str, count: int) -> Rate:
    """One round of a page: all the same, over connections kept open."""
    before, began = used(), time.perf_counter()
    with Asker(port) as asker:
        answers = asker.ask([page_request(path)] * count)
    took, spent = time.perf_counter() - began, used() - before
    if not all(answer.startswith(b"HTTP/1.1 200 ") for answer in answers):
        raise Unexpected(f"{path} was not answered with 200 each time")
    return Rate(count / took, spent / count)


def _rates(port: int, used: Callable[[], float], count: int) -> dict[str, Rate]:
    """The median of rounds in which the pages take turns."""
    rounds: dict[str, list[Rate]] = {name: [] for name in PAGES}
    for _ in range(ROUNDS):
        for name, path in PAGES.items():
            rounds[name].append(_round(port, used, path, count))
    return {
        name: Rate(*(statistics.median(column) for column in zip(*each, strict=True)))
        for name, each in rounds.items()
    }


def measure(server: Server, folder: Path, sizes: Sizes) -> Section:
    """Pages from the framework, then through nginx with what the documentation gives for it."""
    section = Section(
        "Pages in a rush",
        "The same desk, one web process of `serve`, one asking process with 16 connections kept "
        f"open that take gzip; median of {ROUNDS} rounds in which the pages take turns, "
        f"{sizes.pages:,} requests a round, behind nginx {sizes.requests:,}. Requests a second are "
        "by the clock, with whoever asks on the same two cores (behind nginx mostly he is what "
        "takes the time); processor time is that of the web process, or of nginx, its own and the "
        "system's for it. nginx runs with the configuration of docs/serving.md, but without TLS. "
        "Which requests it passed on stands in its log.",
    )
    for name, rate in _rates(server.port, server.processor_seconds, sizes.pages).items():
        _state(section, f"{name} page from the framework", rate, "processor time")
    if nginx() is None:
        section.add("the same behind nginx", "not measured: there is no nginx")
        return section
    with running_before(server.port, folder) as proxy:
        for name, rate in _rates(proxy.port, proxy.processor_seconds, sizes.requests).items():
            _state(section, f"{name} page behind nginx", rate, "nginx's processor time")
        answers = _answers(proxy, server)
    judge_what_is_kept(section, asked_of(folder), answers)
    return section


def _state(section: Section, what: str, rate: Rate, whose: str) -> None:
    each = f"{rate.a_second:,.0f} requests a second; {whose} {rate.seconds_each * 1e6:,.0f} µs each"
    section.add(what, each)


class Answers(NamedTuple):
    """What came through the proxy, and the same pages from the framework itself."""

    pages: Sequence[bytes]
    same: Sequence[bytes]
    posts: Sequence[bytes]
    form_before: bytes
    form_after: bytes
    """The page that a GET of the form's address gives, before the form was sent and after."""


def _answers(proxy: Proxy, server: Server) -> Answers:
    pages = [page_request(path) for path in PAGES.values()]
    form = form_request(ANSWER, {"serial": SERIAL})
    with Asker(proxy.port, connections=1) as asker, Asker(server.port, connections=1) as direct:
        _, before = asker.ask([page_request(ANSWER)] * 2)
        posts = asker.ask([form, check_request(SERIAL)] * POSTS)
        (after,) = asker.ask([page_request(ANSWER)])
        return Answers(asker.ask(pages), direct.ask(pages), posts, before, after)


def judge_what_is_kept(section: Section, asked: Sequence[Asked], answers: Answers) -> None:
    """Which requests the cache answered, and that it keeps nothing that is one person's."""
    gets = [request for request in asked if request.path in PAGES.values()]
    passed_on = sum(request.is_passed_on for request in gets)
    section.add("requests for the three pages that reached the framework", _of(passed_on, gets))
    through = zip(answers.pages, answers.same, strict=True)
    _none(
        section,
        "pages that differ behind nginx",
        [text_of(page) != text_of(same) for page, same in through],
    )
    is_kept = any(request.by == "HIT" for request in gets)
    pages = (*answers.pages, answers.form_before) if is_kept else ()
    cookies = ["set-cookie" in head_of(page) for page in pages]
    _none(section, "kept pages with a `Set-Cookie`", cookies)
    posts = [request for request in asked if request.method == "POST"]
    kept = [not request.is_passed_on or request.by != "-" for request in posts]
    _none(section, f"`POST {ANSWER}` and `POST {CHECKS}` answered from what is kept, or kept", kept)
    may_be_kept = [
        "no-store" not in head_of(post).get("cache-control", "")
        or "content-encoding" in head_of(post)
        or not post.startswith(b"HTTP/1.1 200 ")
        for post in answers.posts
    ]
    _none(section, "answers to them without `no-store`, compressed, or not 200", may_be_kept)
    form = text_of(answers.form_before)
    _none(
        section,
        f"answers of `{ANSWER}` to a POST and to a GET that were taken for each other",
        [text_of(post) == form for post in answers.posts] + [text_of(answers.form_after) != form],
    )


def _of(count: int, whole: Sequence[object]) -> str:
    return f"{count:,} of {len(whole):,}"


def _none(section: Section, what: str, found: Sequence[bool]) -> None:
    """None of these is so, and there were some."""
    reached = bool(found) and not any(found)
    section.judge(what, _of(sum(found), found), "0", reached=reached)
