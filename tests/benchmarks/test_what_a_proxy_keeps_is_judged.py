"""What a proxy keeps is judged: a cookie, a kept answer and a page of another are each seen."""

from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest

from benchmarks import page_rate
from benchmarks.page_rate import ANSWER, CHECKS, PAGES, Answers, judge_what_is_kept
from benchmarks.proxy import Asked
from benchmarks.report import Section, missed
from benchmarks.serving import Server
from benchmarks.sizes import TINY

PAGE = b"HTTP/1.1 200 OK\r\nCache-Control: public\r\n\r\n<p>page"
FORM = b"HTTP/1.1 200 OK\r\nCache-Control: public\r\n\r\n<p>form"
POST = b"HTTP/1.1 200 OK\r\nCache-Control: no-store\r\n\r\n<p>answer"
GOOD = Answers([PAGE], [PAGE], [POST], FORM, FORM)
HOME = PAGES["home"]
ASKED = [
    Asked("GET", HOME, "200", "MISS", "200"),
    Asked("GET", HOME, "200", "HIT", "-"),
    Asked("POST", ANSWER, "200", "-", "200"),
    Asked("POST", CHECKS, "200", "-", "200"),
]


def not_reached(asked: list[Asked], answers: Answers) -> list[str]:
    """The aims that such a proxy misses."""
    section = Section("A proxy", "Made up.")
    judge_what_is_kept(section, asked, answers)
    return [figure.what for figure in missed([section])]


def test_a_good_proxy_misses_no_aim() -> None:
    assert not_reached(ASKED, GOOD) == []


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"pages": [FORM]}, "pages that differ"),
        ({"pages": [PAGE.replace(b"Cache", b"Set-Cookie: a=b\r\nCache")]}, "kept pages with"),
        ({"posts": [POST.replace(b"no-store", b"public")]}, "answers to them without"),
        ({"posts": [POST.replace(b"Cache", b"Content-Encoding: br\r\nCache")]}, "answers to them"),
        ({"posts": [POST.replace(b"200 OK", b"503 No")]}, "answers to them without"),
        ({"posts": [POST.replace(b"<p>answer", b"<p>form")]}, "answers of `/en/check`"),
        ({"form_after": POST}, "answers of `/en/check`"),
        ({"posts": []}, "answers to them without"),
    ],
)
def test_an_answer_that_should_not_be_is_seen(changed: dict[str, Any], what: str) -> None:
    (found,) = not_reached(ASKED, GOOD._replace(**changed))
    assert found.startswith(what)


@pytest.mark.parametrize("by", ["HIT", "MISS", "EXPIRED"])
def test_a_post_that_comes_near_the_cache_is_seen(by: str) -> None:
    behind = "-" if by == "HIT" else "200"
    (found,) = not_reached([*ASKED, Asked("POST", CHECKS, "200", by, behind)], GOOD)
    assert found.startswith("`POST /en/check` and `POST /api/v1/checks` answered")


def test_a_proxy_that_keeps_nothing_proves_nothing() -> None:
    assert not_reached([*ASKED[:1], *ASKED[2:]], GOOD) == ["kept pages with a `Set-Cookie`"]


def test_without_nginx_it_is_said_and_no_aim_is_missed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(page_rate, "nginx", lambda: None)
    monkeypatch.setattr(page_rate, "_rates", lambda *_: {})
    with Popen(["true"]) as ended:
        section = page_rate.measure(Server(9, ended), tmp_path, TINY)
    (figure,) = section.figures
    assert figure.measured == "not measured: there is no nginx"
    assert missed([section]) == []
