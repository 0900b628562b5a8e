"""A letter as a file: its text, or why it has none."""

from __future__ import annotations

from typing import IO

from django.core.exceptions import ValidationError

from soleus.formats.located_yaml import decode

MOST_BYTES = 50_000
"""More than fits beside everything else in a browser, in any language. [bytes]"""
COPY = "Open it, copy its text, and paste it into the box above."
KINDS = {
    b"%PDF": f"This is a PDF. {COPY}",
    b"PK\x03\x04": f"This is a file of a word processor. {COPY}",
    b"\xd0\xcf\x11\xe0": f"This is a file of an old word processor. {COPY}",
    b"{\\rtf": f"This is a file of a word processor (RTF). {COPY}",
    b"\xff\xd8\xff": "This is a picture, and pictures are not read. Type what it says into the box above.",
    b"\x89PNG": "This is a picture, and pictures are not read. Type what it says into the box above.",
}
MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
"""How a file begins that says its encoding itself."""


def text_of(letter: IO[bytes]) -> str:
    """The text of a letter.

    Raises:
        ValidationError: If it is too large, no text, or in an encoding that nobody can tell.
    """
    data = letter.read(MOST_BYTES + 1)
    for beginning, words in KINDS.items():
        if data.startswith(beginning):
            raise ValidationError(words)
    if len(data) > MOST_BYTES:
        raise ValidationError(
            f"This file is larger than {MOST_BYTES // 1000} kB. A letter is a page or three of text: is it the right file?"
        )
    encoding = next((name for mark, name in MARKS.items() if data.startswith(mark)), "utf-8")
    if encoding == "utf-16":
        try:
            data = data.decode("utf-16").encode()
        except UnicodeDecodeError:
            raise ValidationError("This file begins like UTF-16 text and then is none. Save it again as UTF-8.") from None
    text, problems = decode(data, 2 * MOST_BYTES, "This file")
    if problems:
        raise ValidationError([f"{p.where} {p.what} {p.cure}" for p in problems])
    if not text.strip():
        raise ValidationError("This file holds no text.")
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
