"""What a JPEG holds beside its picture, read by its segments and with no library."""

JFIF = b"JFIF\0"
PICTURE_ONLY = {0xDB, 0xC0, 0xC1, 0xC2, 0xC4, 0xDA, 0xDD}
"""Tables, frame, scan: what a decoder needs."""


def beside_the_picture(jpeg: bytes) -> list[str]:
    """Every segment that is no part of the picture, and what stands after the end. None: plain."""
    if not jpeg.startswith(b"\xff\xd8"):
        return ["no JPEG"]
    found, place = [], 2
    while place < len(jpeg):
        if jpeg[place] != 0xFF:
            return [*found, "no segment where one should be"]
        marker = jpeg[place + 1]
        if marker == 0xD9:
            rest = len(jpeg) - place - 2
            return [*found, f"{rest} bytes after the end"] if rest else found
        length = int.from_bytes(jpeg[place + 2 : place + 4], "big")
        content = jpeg[place + 4 : place + 2 + length]
        plain_head = marker == 0xE0 and content.startswith(JFIF) and length == 16
        if marker not in PICTURE_ONLY and not plain_head:
            found.append(f"segment {marker:02X}")
        place += 2 + length
        if marker == 0xDA:
            place = _after_the_scan(jpeg, place)
    return [*found, "no end"]


def _after_the_scan(jpeg: bytes, place: int) -> int:
    """Within the picture's own bytes FF is followed by a zero or a restart mark."""
    while place < len(jpeg) - 1:
        if jpeg[place] == 0xFF and jpeg[place + 1] and not 0xD0 <= jpeg[place + 1] <= 0xD7:
            return place
        place += 1
    return len(jpeg)
