"""Redis stops: the API goes on as if nothing were cached, and limits still hold."""

import pytest
from django.db import transaction

from .examples import address, body
from .test_role_matrix import ROLES, TABLE


@pytest.mark.usefixtures("quick_schema", "redis_down")
@pytest.mark.parametrize("role", ["member", "admin"])
def test_every_endpoint_answers_as_before(clients, owner, world, role):
    column = ROLES.index(role)
    answers = {}
    for method, name in TABLE:
        kind = {"format": "multipart"} if name == "product-image" else {}
        with transaction.atomic():
            call = getattr(clients[column], method)
            response = call(address(name, world), body(method, name, owner), **kind)
            transaction.set_rollback(True)
        answers[method, name] = response.status_code
        # Read to the end, a file is closed.
        response.getvalue()

    assert answers == {cell: row[column] for cell, row in TABLE.items()}
