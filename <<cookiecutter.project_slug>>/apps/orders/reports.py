"""Reports in SQL: what the ORM can say only with more words than the database."""

from datetime import datetime

from django.db import connection

from .models import OrderStatus

# The month of a moment in UTC, as each database says it.
_MONTH = {
    "postgresql": "to_char(o.created_at AT TIME ZONE 'UTC', 'YYYY-MM')",
    "sqlite": "strftime('%%Y-%%m', o.created_at)",
}
# % if cookiecutter.use_celery
_SALES_BY_CURRENCY = """
    SELECT o.currency AS currency,
           count(DISTINCT o.id) AS orders,
           sum(l.quantity * l.unit_price) AS revenue
      FROM orders_order o
      JOIN orders_orderline l ON l.order_id = o.id
     WHERE o.status <> %s AND o.created_at >= %s AND o.created_at < %s
     GROUP BY 1
     ORDER BY 1
"""
# % endif
_SALES_BY_MONTH = """
    WITH months AS (
        SELECT {month} AS month,
               o.currency AS currency,
               count(DISTINCT o.id) AS orders,
               sum(l.quantity) AS items,
               sum(l.quantity * l.unit_price) AS revenue
          FROM orders_order o
          JOIN orders_orderline l ON l.order_id = o.id
         WHERE o.status <> %s AND o.created_at >= %s AND o.created_at < %s
         GROUP BY 1, 2
    )
    SELECT month, currency, orders, items, revenue,
           sum(revenue) OVER (PARTITION BY currency ORDER BY month) AS running_total
      FROM months
     ORDER BY month, currency
"""


def sales_by_month(*, since: datetime, until: datetime) -> list[dict]:
    """Return what was sold in each month, with the total since the first one.

    Args:
        since: from this moment on.
        until: before this moment.

    Returns:
        Rows of month (`2026-11`), currency, orders, items, revenue, running_total;
        money as text with two decimals. Cancelled orders do not count.
    """
    query = _SALES_BY_MONTH.format(month=_MONTH[connection.vendor])
    return _sales(query, since, until, money=["revenue", "running_total"])


# % if cookiecutter.use_celery
def sales_by_currency(*, since: datetime, until: datetime) -> list[dict]:
    """Return what was sold from one moment until before another one.

    Returns:
        Rows of currency, orders, revenue; money as text with two decimals. Cancelled
        orders do not count.
    """
    return _sales(_SALES_BY_CURRENCY, since, until, money=["revenue"])


# % endif
def _sales(query: str, since: datetime, until: datetime, money: list[str]) -> list:
    period = [connection.ops.adapt_datetimefield_value(day) for day in (since, until)]
    with connection.cursor() as cursor:
        cursor.execute(query, [OrderStatus.CANCELLED, *period])
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, values, strict=True)) for values in cursor]
    for row in rows:
        row |= {name: f"{row[name]:.2f}" for name in money}
    return rows
