"""Reading sheets of any size, row by row: CSV as programs and people write it, or lines of JSON."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

SEPARATORS = ",;\t|"
A_LOOK = 64 * 1024
"""Characters by which a sheet is judged."""
WIDEST_CELL = 1024 * 1024


class NotRead(Exception):
    """Nothing can be read of the file; the text says why and what to do."""


class Row(NamedTuple):
    """One row, and the line of the file where it begins."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class File:
    """A sheet that can be read again and again."""

    path: Path
    encoding: str
    separator: str
    heads: list[str]

    @property
    def lines(self) -> bool:
        """Whether each line is JSON, and there are no columns."""
        return not self.separator

    def rows(self) -> Iterator[Row]:
        """Everything under the headings, or each line; what is empty is left out."""
        if self.lines:
            return _lines(self.path)
        rows = _rows(self.path, self.encoding, self.separator)
        next(rows)
        return rows


def look(path: Path) -> File:
    """What sort of sheet it is, or NotRead."""
    if not path.is_file():
        raise NotRead(f"There is no file {path}.")
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        begins = file.read(A_LOOK)
    if not begins.strip():
        raise NotRead(f"{path} is empty.")
    if "\x00" in begins or begins.startswith("PK"):
        raise NotRead(f"{path} is no text. Save the sheet as CSV first.")
    if begins.lstrip("\ufeff \r\n\t").startswith("{"):
        return File(path, "utf-8-sig", "", [])
    separator = _separator(begins)
    first = next(_rows(path, encoding, separator))
    return File(path, encoding, separator, [one.strip() for one in first.cells])


def _encoding(path: Path) -> str:
    """UTF-8 where it is; else as Windows writes, where each byte is a letter."""
    with path.open("rb") as file:
        begins = file.read(2)
    if begins in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            while file.read(WIDEST_CELL):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _separator(begins: str) -> str:
    heading = begins.splitlines()[0]
    return max(SEPARATORS, key=heading.count)


def _lines(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        for number, line in enumerate(iter(lambda: file.readline(WIDEST_CELL), ""), start=1):
            if line.strip():
                yield Row(number, [line])


def _rows(path: Path, encoding: str, separator: str) -> Iterator[Row]:
    csv.field_size_limit(WIDEST_CELL)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        reader = csv.reader(file, delimiter=separator)
        before = 0
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield Row(before + 1, cells)
                before = reader.line_num
        except csv.Error as error:
            raise NotRead(
                f"Line {before + 1} of {path} cannot be read ({error}): look for a quote that does not end."
            ) from error
