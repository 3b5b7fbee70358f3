"""The e-mails of orders."""

from apps.core.emails import email_send

from .. import selectors


def confirmation_email_send(*, reference: str) -> None:
    """Write to the customer what was ordered, at which price."""
    order = selectors.order_row(reference=reference)
    if order is None:
        return
    email_send(
        to=order["customer"],
        subject="Your order",
        template="orders/emails/confirmation",
        order=order,
    )
