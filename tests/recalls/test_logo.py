"""A logo draws; it loads and runs nothing."""

import pytest

from recalldesk.recalls.document.logo import harmless_svg

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
GOOD = f'{HEAD}<path d="M0 0h9"/></svg>'


def test_shapes_are_taken_as_they_are() -> None:
    assert harmless_svg(GOOD) == GOOD
    assert harmless_svg("") == ""


@pytest.mark.parametrize(
    "bad",
    [
        f"{HEAD}<script>1</script></svg>",
        f'{HEAD}<rect onload="x()"/></svg>',
        f'{HEAD}<image href="https://elsewhere.example/x.png"/></svg>',
        f'{HEAD}<rect fill="url(https://elsewhere.example)"/></svg>',
        f"{HEAD}<foreignObject/></svg>",
        f"<!DOCTYPE svg>{GOOD}",
        "<svg><path/></svg>",
        HEAD,
        "logo.png",
        GOOD + " " * 20_001,
    ],
)
def test_anything_else_is_refused_with_a_reason(bad: str) -> None:
    with pytest.raises(ValueError, match=r"logo|SVG|svg"):
        harmless_svg(bad)
