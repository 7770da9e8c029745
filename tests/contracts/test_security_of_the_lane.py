"""The security suite on what the lane answers; the rest it hands to Django as it came."""

import pytest

from tests.contracts.security import QUESTIONS, Security
from tests.contracts.wsgi import Server, served
from tests.limited import Setting
from tests.standing import cast, index_folder, kettles, published_recall, standing

__all__ = ["cast", "index_folder", "kettles", "published_recall", "standing"]


@pytest.fixture
def server(published_recall: object) -> Server:
    return Server(served().application)


@pytest.mark.parametrize("name", QUESTIONS)
def test_its_answers_are_guarded_and_kept_by_nobody(server: Server, name: str) -> None:
    Security().test_the_answer_to_a_program_is_guarded_and_kept_by_nobody(server, name)


def test_so_are_those_over_the_limit(server: Server, limits: Setting) -> None:
    Security().test_so_are_the_answers_over_the_limit(server, limits)
