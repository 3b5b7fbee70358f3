"""What an export's file looks like: UTF-8 CSV, one row for each line of an order."""

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC
from io import TextIOWrapper
from typing import IO

HEADER = (
    "reference",
    "created_at",
    "status",
    "customer",
    "product",
    "quantity",
    "unit_price",
    "amount",
    "currency",
)
# A spreadsheet takes a cell that begins so for a formula, and runs it.
# https://owasp.org/www-community/attacks/CSV_Injection
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class Sheet:
    """Writes orders as they come; nothing is kept.

    Attributes:
        rows: how many there are, the header not counted.
    """

    def __init__(self, text: IO[str]) -> None:
        self.rows = 0
        self._writer = csv.writer(text)
        self._writer.writerow(HEADER)

    def add(self, orders: Iterable[dict]) -> None:
        for order in orders:
            for cells in _rows(order):
                self._writer.writerow(map(_harmless, cells))
                self.rows += 1


@contextmanager
def sheet_in(file: IO[bytes]) -> Iterator[Sheet]:
    """Give a sheet that ends up in this file, which stays open."""
    text = TextIOWrapper(file, encoding="utf-8", newline="")
    try:
        yield Sheet(text)
    finally:
        text.detach()


def _rows(order: dict) -> Iterator[tuple]:
    placed = order["created_at"].astimezone(UTC).isoformat(timespec="seconds")
    for line in order["lines"]:
        yield (
            order["reference"],
            placed.replace("+00:00", "Z"),
            order["status"],
            order["customer"],
            line["name"],
            line["quantity"],
            line["unit_price"],
            line["amount"],
            order["currency"],
        )


def _harmless(cell) -> str:
    text = str(cell)
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text
