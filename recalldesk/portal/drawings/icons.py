"""Small signs that stand beside words and never alone: hidden from screen readers."""

from django.utils.safestring import SafeString, mark_safe

_LINE = 'fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"'
_SIGNS: dict[str, tuple[int, str]] = {
    "phone": (
        20,
        '<path fill="currentColor" d="M5.5 1.5 8 6.4 6 8.2c1 2.4 3.3 4.7 5.8 5.8l1.8-2 4.9 2.5c-.3 '
        '2.6-1.7 4-4 4C8 18.3 1.7 12 1.5 5.5c0-2.3 1.4-3.7 4-4Z"/>',
    ),
    "danger": (
        24,
        '<path fill="currentColor" d="M12 1 24 22H0Z"/>'
        '<path d="M12 8.5v6" stroke="var(--sheet)" stroke-width="2.4" stroke-linecap="round"/>'
        '<circle cx="12" cy="18.2" r="1.4" fill="var(--sheet)"/>',
    ),
    "affected": (
        48,
        '<path fill="currentColor" d="M15 2h18l13 13v18L33 46H15L2 33V15Z"/>'
        '<path d="M24 12v15" stroke="var(--sheet)" stroke-width="5" stroke-linecap="round"/>'
        '<circle cx="24" cy="35.5" r="3.2" fill="var(--sheet)"/>',
    ),
    "look_again": (
        48,
        f'<g {_LINE} stroke-width="4.5"><circle cx="20" cy="20" r="15"/><path d="m31 31 13 13"/>'
        '<path d="M15.5 16.5a5 5 0 1 1 6.5 4.5c-1.5.5-2 1.4-2 2.5" stroke-width="3.5"/>'
        '<circle cx="20" cy="27.5" r=".6" stroke-width="2.5"/></g>',
    ),
    "ask_a_person": (
        48,
        f'<g {_LINE} stroke-width="4"><circle cx="24" cy="17" r="8.5"/>'
        '<path d="M7 45c0-10 7.5-15.5 17-15.5S41 35 41 45"/></g>',
    ),
    "not_affected": (
        48,
        f'<g {_LINE} stroke-width="4"><path d="M11 4h19l8 8v32H11Z"/><path d="M29 4v9h9"/>'
        '<path d="M18 22h13M18 29h13M18 36h8" stroke-width="3.2"/></g>',
    ),
    "try_later": (
        48,
        f'<g {_LINE} stroke-width="4"><circle cx="24" cy="24" r="20"/>'
        '<path d="M24 12v12l8 5"/></g>',
    ),
    "gift_card": (
        44,
        f'<g {_LINE} stroke-width="2.5"><rect x="3" y="10" width="38" height="25" rx="4"/>'
        '<path d="M3 18h38M10 28h9"/></g>',
    ),
    "replacement": (
        44,
        f'<g {_LINE} stroke-width="2.5"><path d="m22 4 16 8v19l-16 9-16-9V12Z"/>'
        '<path d="m6 12 16 8 16-8M22 20v20M14 8l16 8"/></g>',
    ),
    "refund": (
        44,
        f'<g {_LINE} stroke-width="2.5"><path d="M9 12a17 17 0 1 1-4 13"/><path d="M8 4v9h9"/>'
        '<path d="M22 13v18M26.5 17c-6-3-10 0-8.5 3 1.5 2.8 8 1.8 8.5 5.2.4 3.2-5 4.3-9 1.8"/></g>',
    ),
    "repair": (
        44,
        f'<g {_LINE} stroke-width="2.5"><path d="M27 6a9 9 0 0 0-9 12L5 31a4.5 4.5 0 0 0 7 7'
        'l13-13a9 9 0 0 0 13-10l-6 6-6-2-2-6 6-6a9 9 0 0 0-3-1Z"/></g>',
    ),
    "pencil": (
        20,
        f'<path {_LINE} stroke-width="2" d="m3 17 1-4L14 3l3 3L7 16Zm9-12 3 3"/>',
    ),
    "photo": (
        24,
        f'<g {_LINE} stroke-width="2"><path d="M2 7h5l2-3h6l2 3h5v13H2Z"/>'
        '<circle cx="12" cy="13" r="4"/></g>',
    ),
    "search": (
        20,
        f'<g {_LINE} stroke-width="2.4"><circle cx="8.5" cy="8.5" r="6"/>'
        '<path d="m13.5 13.5 5 5"/></g>',
    ),
}


def icon(name: str) -> SafeString:
    """One sign. Its size and colour follow the text around it."""
    side, inside = _SIGNS[name]
    return mark_safe(  # noqa: S308 - fixed markup of this module, no data in it
        f'<svg class="icon" viewBox="0 0 {side} {side}" width="{side}" height="{side}" '
        f'aria-hidden="true" focusable="false">{inside}</svg>'
    )
