"""Everything that writes orders."""

from .emails import confirmation_email_send
from .orders import order_cancel, order_place, order_status_set
from .seed import customers_seed, orders_seed

__all__ = [
    "confirmation_email_send",
    "customers_seed",
    "order_cancel",
    "order_place",
    "order_status_set",
    "orders_seed",
]
