"""The life of an order: every move that there could be, and which of them there are."""

from itertools import product

import pytest

from apps.core.errors import Conflict
from apps.orders.models import OrderStatus
from apps.orders.statuses import status_check

LEGAL = {
    ("pending", "paid"),
    ("pending", "cancelled"),
    ("paid", "shipped"),
    ("paid", "cancelled"),
    ("shipped", "delivered"),
}
ILLEGAL = sorted(set(product(OrderStatus.values, repeat=2)) - LEGAL)


@pytest.mark.parametrize(("present", "wanted"), sorted(LEGAL))
def test_may_follow(present, wanted):
    status_check(present, wanted)


@pytest.mark.parametrize(("present", "wanted"), ILLEGAL)
def test_may_not_follow(present, wanted):
    with pytest.raises(Conflict, match=f"{present} cannot become {wanted}") as raised:
        status_check(present, wanted)

    assert raised.value.code == "illegal_transition"
