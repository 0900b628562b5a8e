"""A case file that is changed in place: read as it is, written whole or not at all, byte for byte but for the change."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from soleus.domain.errors import CaseError, Problem
from soleus.formats.located_yaml import decode
from soleus.formats.yaml_text import write_whole
from soleus.interchange.casefile.read import MAX_BYTES
from soleus.interchange.measurements.undo import remember, taken_back

UNDO = "the undoing of: "


@dataclass(frozen=True)
class OpenFile:
    """The text of a case file with its line ends, and the mark some editors put before it."""

    path: Path
    text: str
    mark: bool
    """Whether the file begins with the byte-order mark of UTF-8."""


def open_file(name: str) -> OpenFile:
    """Read a case file to change it.

    Raises:
        CaseError: If it cannot be read, or is standard input, which cannot be changed.
    """
    if name == "-":
        raise CaseError(Problem("-", "is standard input, which cannot be changed.", "Name a case file."))
    path = Path(name).resolve()  # a link keeps pointing to the file that is changed
    try:
        if path.is_dir():
            raise CaseError(Problem(name, "this is a folder, not a file.", "Name one file in it."))
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        cure = "Check the name and the permissions; a new case file needs no more than the line `age: 58`."
        raise CaseError(Problem(name, f"cannot be read: {error.strerror}.", cure)) from None
    text, problems = decode(data, MAX_BYTES, name)
    if problems:
        raise CaseError(problems)
    return OpenFile(path, text, data.startswith(codecs.BOM_UTF8))


def save(file: OpenFile, text: str, what: str) -> bool:
    """Put a new text in the place of the old one.

    Args:
        file: As it was read.
        text: The new text.
        what: The change in words, for undo.

    Returns:
        Whether it can be taken back.

    Raises:
        CaseError: If it cannot be written, grew too large, or was changed by somebody else since it was read.
    """
    if len(text.encode()) > MAX_BYTES:
        raise CaseError(
            Problem(str(file.path), f"would grow beyond {MAX_BYTES:,} bytes.", "Nothing was changed. Import fewer measurements.")
        )
    if open_file(str(file.path)) != file:
        raise CaseError(Problem(str(file.path), "was changed by somebody else just now.", "Nothing was changed here. Try again."))
    can_undo = remember(file.path, file.text, text, what)
    try:
        write_whole(file.path, ("\ufeff" if file.mark else "") + text)
    except OSError as error:
        raise CaseError(
            Problem(str(file.path), f"cannot be written: {error.strerror}.", "Check the folder and the permissions.")
        ) from error
    return can_undo


def undo(name: str) -> str:
    """Take back the last change, which can then itself be taken back; returns what it was.

    Raises:
        CaseError: If there is none, or the file was changed by other means since.
    """
    file = open_file(name)
    before, what = taken_back(file.path, file.text)
    save(file, before, what.removeprefix(UNDO) if what.startswith(UNDO) else f"{UNDO}{what}")
    return what
