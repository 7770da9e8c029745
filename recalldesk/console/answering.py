"""How pages of the desk are made. Everything around a page comes from `frame.py`."""

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from recalldesk.claims.desk_queue.exporting import Export


def page(
    request: HttpRequest, template: str, values: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page from a template below `templates/console/`."""
    return render(request, f"console/{template}", values or {}, status=status)


def handed_out(made: Export) -> StreamingHttpResponse:
    """A list as a file, row by row as it is made."""
    response = StreamingHttpResponse(made.parts, content_type=made.content_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response
