"""Somebody at the link of a notice, in a browser without a script."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.test import Client

from tests.portal.claims.conftest import ORIGIN, words_of

OUTSIDE = {"Origin": "https://elsewhere.example"}


@dataclass
class Reader:
    """Presses buttons of the page."""

    client: Client
    token: str

    @property
    def path(self) -> str:
        """The page."""
        return f"/en/told/{self.token}"

    def sees(self) -> str:
        """What the page says."""
        response = self.client.get(self.path)
        assert response.status_code == 200
        return words_of(response)

    def presses(self, button: str, **fields: str) -> HttpResponse:
        """Presses a button of it, and is led on."""
        sent = {"do": button, **fields}
        return self.client.post(self.path, sent, headers=ORIGIN, follow=True)

    def says(self, button: str, **fields: str) -> str:
        """The same, and what the page then says."""
        response = self.presses(button, **fields)
        assert response.status_code == 200
        return words_of(response)
