"""What the OpenAPI description says beyond what ninja takes from the views.

Guarantees: each answer is described with the type that it is sent with, and with the headers that
stand on it whenever it is given; how one answer leads to the next question is said as links.
"""

from typing import Any

Described = dict[str, Any]
JSON, PROBLEM = "application/json", "application/problem+json"


def _header(meaning: str, **schema: object) -> Described:
    return {"description": meaning, "required": True, "schema": schema}


KEPT_BY_NOBODY = {"Cache-Control": _header("No cache may keep it.", const="no-store")}
KEPT_FOR_A_WHILE = {
    "Cache-Control": _header("How long it may be kept.", const="public, max-age=60"),
    "ETag": _header("Send it in If-None-Match when you ask again.", type="string", minLength=3),
    "Vary": _header("It depends on Accept-Language.", type="string", pattern="Accept-Language"),
}
LANGUAGE = {"Content-Language": _header("The language of its texts.", type="string", minLength=2)}
RETRY = {"Retry-After": _header("Seconds to wait.", type="integer", minimum=1)}
OF_STATUS: dict[int, Described] = {
    401: {"WWW-Authenticate": _header("What is missing.", const="Bearer")},
    429: RETRY,
    503: RETRY,
}
NOT_MODIFIED = "As you have it: If-None-Match names its ETag. No body."

NEXT_ATTEMPT = {
    "operationId": "check",
    "requestBody": {"second_look": "$response.body#/second_look"},
    "description": "After `look_again` and `ask_a_person`: the next attempt at the same unit.",
}
LINKS: dict[str, Described] = {
    "check": {
        "next_attempt": NEXT_ATTEMPT,
        "recall": {
            "operationId": "recall",
            "parameters": {"slug": "$response.body#/recalls/0/recall"},
            "description": "A recall that gave the verdict.",
        },
    },
    "recalls": {
        "recall": {
            "operationId": "recall",
            "parameters": {"slug": "$response.body#/0/recall"},
            "description": "A recall of the list.",
        }
    },
}
"""By operation, from its answer 200."""


def _headers(method: str, status: int) -> Described:
    """The headers of an answer."""
    if status >= 400:
        return KEPT_BY_NOBODY | OF_STATUS.get(status, {})
    if method == "post":
        return KEPT_BY_NOBODY | LANGUAGE
    return KEPT_FOR_A_WHILE | (LANGUAGE if status == 200 else {})


def complete(schema: Described) -> None:
    """Adds to a description all that this module knows."""
    for methods in schema["paths"].values():
        for method, operation in methods.items():
            for status, answer in operation["responses"].items():
                answer["headers"] = _headers(method, int(status))
                content = answer.get("content", {})
                if int(status) >= 400 and JSON in content:
                    content[PROBLEM] = content.pop(JSON)
                if int(status) == 304:
                    answer["description"] = NOT_MODIFIED
            links = LINKS.get(operation["operationId"])
            if links:
                operation["responses"][200]["links"] = links
