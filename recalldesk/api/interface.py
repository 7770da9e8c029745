"""The API object whose every answer has the API's own form, also where no operation is.

Guarantee: below its address nothing answers with a page.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja import NinjaAPI

from recalldesk.api import description
from recalldesk.api.problems import nothing_there, wrong_method

View = Callable[..., HttpResponse]


def in_form(view: View) -> View:
    """The view, with a problem in place of a plain "not found" or "method not allowed"; HEAD is
    answered as GET is, and the server leaves the body out.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = _as_get(view, request, *args, **kwargs)
        except Http404:
            return no_such_address(request)
        if response.status_code != 405:
            return response
        return wrong_method(_allowed(response))

    # Ninja marks its views so: they take no cookie, and so need no token against forgery.
    answer.csrf_exempt = True  # type: ignore[attr-defined]  # Django reads this mark off functions
    return answer


def _as_get(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Ninja knows the methods that were named to it, and no HEAD."""
    method = request.method
    request.method = "GET" if method == "HEAD" else method
    try:
        return view(request, *args, **kwargs)
    finally:
        request.method = method


def _allowed(response: HttpResponse) -> str:
    methods = [method.strip() for method in response["Allow"].split(",")]
    if "GET" in methods and "HEAD" not in methods:
        methods.append("HEAD")
    return ", ".join(methods)


@csrf_exempt
def no_such_address(_request: HttpRequest) -> HttpResponse:
    """The answer where nothing is."""
    return nothing_there()


class Interface(NinjaAPI):
    """Ninja's API, with all errors as problem+json."""

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        patterns: list[URLResolver | URLPattern] = []
        for pattern in super()._get_urls():
            if isinstance(pattern, URLPattern):
                is_description = pattern.name == "openapi-json"
                view = require_safe(pattern.callback) if is_description else pattern.callback
                pattern.callback = in_form(view)
            patterns.append(pattern)
        return [*patterns, re_path("", no_such_address, name="no-such-address")]

    def get_openapi_schema(self, **options: Any) -> Any:
        """The description, complete."""
        schema = super().get_openapi_schema(**options)
        description.complete(schema)
        return schema
