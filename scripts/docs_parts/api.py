"""The API as tables: operations and shapes from its OpenAPI description, problems from its code."""

import ast
import inspect
from typing import Any

from docs_parts.blocks import table
from recalldesk.api import problems
from recalldesk.api.views import api


def _schema() -> dict[str, Any]:
    return dict(api.get_openapi_schema())


def operations_table() -> str:
    """Every operation: method, path, what it does, its answers."""
    rows = [
        (
            f"`{method.upper()} {path}`",
            f"{operation['summary']}. {operation.get('description', '')}".strip(),
            ", ".join(sorted(str(status) for status in operation["responses"])),
        )
        for path, methods in _schema()["paths"].items()
        for method, operation in methods.items()
    ]
    return table(("operation", "what it does", "answers"), rows)


def _type(described: dict[str, Any]) -> str:
    if "anyOf" in described:
        return " or ".join(_type(choice) for choice in described["anyOf"])
    if "$ref" in described:
        name = str(described["$ref"]).rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if "enum" in described:
        return ", ".join(f"`{choice}`" for choice in described["enum"])
    if described.get("type") == "array":
        return f"list of {_type(described['items'])}"
    return str(described.get("format") or described.get("type", "any"))


def _limits(described: dict[str, Any]) -> str:
    choices = described.get("anyOf", [described])
    least = next((c["minLength"] for c in choices if "minLength" in c), None)
    most = next((c["maxLength"] for c in choices if "maxLength" in c), None)
    if most is None:
        return ""
    return f" {least} to {most} characters." if least else f" At most {most} characters."


def _shape(name: str, schema: dict[str, Any]) -> str:
    required = set(schema.get("required", ()))
    rows = [
        (
            f"`{field}`",
            _type(described),
            "yes" if field in required else "",
            f"{described.get('description', '')}{_limits(described)}".strip(),
        )
        for field, described in schema["properties"].items()
    ]
    body = table(("field", "type", "always there", "meaning"), rows)
    return f"### {name}\n\n{schema.get('description', '')}\n\n{body}"


def shapes() -> str:
    """Every shape that goes in or comes out."""
    found = _schema()["components"]["schemas"]
    return "\n".join(_shape(name, schema) for name, schema in found.items())


def _texts(node: ast.expr) -> list[str]:
    return [
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]


def problems_table() -> str:
    """Every problem type, as the error handlers write it."""
    rows: list[tuple[str, ...]] = []
    for node in ast.walk(ast.parse(inspect.getsource(problems))):
        if not (isinstance(node, ast.Call) and ast.unparse(node.func) == "problem"):
            continue
        given = {word.arg: word.value for word in node.keywords}
        status = given["status"]
        shown = str(status.value) if isinstance(status, ast.Constant) else "as it happens"
        named = zip(_texts(given["name"]), _texts(given["title"]), strict=True)
        rows += [(f"`urn:recalldesk:problem:{name}`", shown, title) for name, title in named]
    return table(("type", "status", "title"), rows)
