"""The API object whose every answer has the API's own form, also where no operation is.

Guarantee: below its address nothing answers with a page.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, re_path
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI

from recalldesk.api.problems import nothing_there, wrong_method

View = Callable[..., HttpResponse]
JSON, PROBLEM = "application/json", "application/problem+json"


def _in_form(view: View) -> View:
    """The view, with a problem in place of a plain "not found" or "method not allowed"."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            return no_such_address(request)
        if response.status_code != 405:
            return response
        return wrong_method(response["Allow"])

    # Ninja marks its views so: they take no cookie, and so need no token against forgery.
    answer.csrf_exempt = True  # type: ignore[attr-defined]  # Django reads this mark off functions
    return answer


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
                pattern.callback = _in_form(pattern.callback)
            patterns.append(pattern)
        return [*patterns, re_path("", no_such_address, name="no-such-address")]

    def get_openapi_schema(self, **options: Any) -> Any:
        """The description, in which errors have the type that they are sent with."""
        schema = super().get_openapi_schema(**options)
        for methods in schema["paths"].values():
            for operation in methods.values():
                for status, answer in operation["responses"].items():
                    content = answer.get("content", {})
                    if int(status) >= 400 and JSON in content:
                        content[PROBLEM] = content.pop(JSON)
        return schema
