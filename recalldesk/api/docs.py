"""The API's page for people, drawn from the OpenAPI description itself."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from recalldesk.api.interface import in_form
from recalldesk.api.views import api
from recalldesk.checks.effective import effective_limits

EXAMPLE = {"serial": "A12F 8G7K 30XB 4T9C", "model": "A1263"}


def _marked_up(text: str) -> SafeString:
    """A description, with what stands between backticks as code."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<code dir="ltr">{}</code>', part) if place % 2 else part,)
            for place, part in enumerate(text.split("`"))
        ),
    )


def _fields(schema: dict[str, Any], name: str) -> list[dict[str, Any]]:
    definition = schema["components"]["schemas"][name]
    required = set(definition.get("required", ()))
    return [
        {
            "name": field,
            "type": _type(described),
            "required": field in required,
            "description": _marked_up(described.get("description", "")),
        }
        for field, described in definition["properties"].items()
    ]


def _type(described: dict[str, Any]) -> str:
    if "anyOf" in described:
        return " or ".join(_type(choice) for choice in described["anyOf"])
    if "$ref" in described:
        return str(described["$ref"]).rsplit("/", 1)[-1]
    if "enum" in described:
        return " | ".join(str(choice) for choice in described["enum"])
    if described.get("type") == "array":
        return f"list of {_type(described['items'])}"
    return str(described.get("format") or described.get("type", "any"))


def _operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "id": operation["operationId"],
            "method": method.upper(),
            "path": path,
            "summary": operation["summary"],
            "description": _marked_up(operation.get("description", "")),
            "statuses": sorted(operation["responses"]),
            "takes_key": "security" in operation,
        }
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]


@in_form
@require_safe
@cache_control(public=True, max_age=300)
def docs(request: HttpRequest) -> HttpResponse:
    """Each operation with its fields, answers and an example to try."""
    schema: dict[str, Any] = api.get_openapi_schema()
    names = (
        "CheckRequest",
        "CheckResponse",
        "RecallVerdict",
        "BatchedCheck",
        "BatchAnswers",
        "RecallSummary",
        "RecallDetail",
    )
    return render(
        request,
        "api/docs.html",
        {
            "operations": _operations(schema),
            "shapes": [(name, _fields(schema, name)) for name in (*names, "Problem", "TooMany")],
            "limits": effective_limits(),
            "example": json.dumps(EXAMPLE),
            "address": request.build_absolute_uri("/api/v1/checks"),
        },
    )
