"""Orders: who bought what, at which price."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.catalog.currencies import Currency
from apps.core.models import TimestampedModel

MAX_QUANTITY = 1000


class OrderStatus(models.TextChoices):
    PENDING = "pending"
    PAID = "paid"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


class Order(TimestampedModel):
    """One purchase.

    The total is not stored: it is the sum of the lines (third normal form).
    """

    # What the outside knows it by: an id in sequence would tell how much is sold.
    reference = models.UUIDField(unique=True, default=uuid4, editable=False)
    # Orders are books of account: they outlive the wish to delete a customer.
    customer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="orders",
        db_index=False,
    )
    status = models.CharField(
        max_length=10, choices=OrderStatus.choices, default=OrderStatus.PENDING
    )
    currency = models.CharField(max_length=3, choices=Currency.choices)
    # What the client sent, so that it may send it again without buying twice.
    idempotency_key = models.CharField(max_length=64, null=True, editable=False)
    fingerprint = models.CharField(max_length=32, editable=False)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "idempotency_key"], name="order_once_a_key"
            ),
            models.CheckConstraint(
                condition=Q(status__in=OrderStatus.values), name="order_status_known"
            ),
            models.CheckConstraint(
                condition=Q(currency__in=Currency.values), name="order_currency_known"
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "id"], name="order_of_customer"),
            models.Index(fields=["status", "id"], name="order_by_status"),
            models.Index(fields=["created_at"], name="order_by_day"),
        ]

    def __str__(self) -> str:
        return str(self.reference)


class OrderLine(models.Model):
    order = models.ForeignKey(
        Order, on_delete=models.CASCADE, related_name="lines", db_index=False
    )
    # What was ordered stays known: the product may only be taken off the list.
    product = models.ForeignKey(
        "catalog.Product", on_delete=models.PROTECT, related_name="+"
    )
    quantity = models.PositiveIntegerField()
    # As it was on the day: tomorrow's price must not change yesterday's order.
    unit_price = models.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "product"], name="order_line_once_a_product"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, quantity__lte=MAX_QUANTITY),
                name="order_line_quantity_in_range",
            ),
            models.CheckConstraint(
                condition=Q(unit_price__gt=0), name="order_line_price_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.product_id}"
