"""How pages of the desk are made. Everything around a page comes from `frame.py`."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page(
    request: HttpRequest, template: str, values: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page from a template below `templates/console/`."""
    return render(request, f"console/{template}", values or {}, status=status)
