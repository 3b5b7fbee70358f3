"""The shop's part of a digest."""

from datetime import datetime

from apps.orders.reports import sales_by_currency


def sales_rows(*, since: datetime, until: datetime) -> list[tuple[str, str]]:
    sales = sales_by_currency(since=since, until=until)
    return [
        (f"Sold in {row['currency']}", f"{row['revenue']}, orders: {row['orders']}")
        for row in sales
    ] or [("Sold", "nothing")]
