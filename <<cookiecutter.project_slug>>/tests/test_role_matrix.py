"""Who may do what: every endpoint and method for every role, in one table.

A route that is missing here fails the tests, so that nobody forgets to decide.
"""

from functools import partial

import pytest
from django.db import transaction

from .examples import address, body
from .test_closed_by_default import METHODS, ROUTES

# Users, reviews and orders that the table is about belong to "owner"; "member" is
# somebody else.
ROLES = ("anonymous", "member", "owner", "manager", "admin")
TABLE = {
    ("get", "schema"): (200, 200, 200, 200, 200),
    ("get", "schema-of-version"): (200, 200, 200, 200, 200),
    ("get", "swagger-ui"): (200, 200, 200, 200, 200),
    ("get", "redoc"): (200, 200, 200, 200, 200),
    # % if cookiecutter.use_graphql
    ("post", "graphql"): (200, 200, 200, 200, 200),
    # % endif
    ("get", "me"): (401, 200, 200, 200, 200),
    ("patch", "me"): (401, 200, 200, 200, 200),
    ("post", "auth-register"): (202, 202, 202, 202, 202),
    ("post", "auth-verify-email"): (204, 204, 204, 204, 204),
    ("post", "auth-resend-verification"): (202, 202, 202, 202, 202),
    ("post", "auth-login"): (200, 200, 200, 200, 200),
    ("post", "auth-refresh"): (200, 200, 200, 200, 200),
    ("post", "auth-logout"): (401, 204, 204, 204, 204),
    ("post", "auth-logout-all"): (401, 204, 204, 204, 204),
    ("post", "auth-password-change"): (401, 204, 204, 204, 204),
    ("post", "auth-password-reset"): (202, 202, 202, 202, 202),
    ("post", "auth-password-reset-confirm"): (204, 204, 204, 204, 204),
    ("get", "user-list"): (401, 403, 403, 403, 200),
    ("get", "user-detail"): (401, 403, 403, 403, 200),
    # % if cookiecutter.use_example
    ("get", "category-list"): (200, 200, 200, 200, 200),
    ("post", "category-list"): (401, 403, 403, 201, 201),
    ("get", "category-detail"): (200, 200, 200, 200, 200),
    ("patch", "category-detail"): (401, 403, 403, 200, 200),
    ("delete", "category-detail"): (401, 403, 403, 204, 204),
    ("get", "tag-list"): (200, 200, 200, 200, 200),
    ("get", "tag-detail"): (200, 200, 200, 200, 200),
    ("get", "product-list"): (200, 200, 200, 200, 200),
    ("post", "product-list"): (401, 403, 403, 201, 201),
    ("post", "product-prices"): (401, 403, 403, 200, 200),
    ("get", "product-detail"): (200, 200, 200, 200, 200),
    ("put", "product-detail"): (401, 403, 403, 200, 200),
    ("patch", "product-detail"): (401, 403, 403, 200, 200),
    ("delete", "product-detail"): (401, 403, 403, 204, 204),
    ("put", "product-image"): (401, 403, 403, 200, 200),
    ("get", "product-review-list"): (200, 200, 200, 200, 200),
    ("post", "product-review-list"): (401, 201, 409, 201, 201),
    ("patch", "review-detail"): (401, 403, 200, 403, 200),
    ("delete", "review-detail"): (401, 403, 204, 403, 204),
    ("get", "order-list"): (401, 200, 200, 200, 200),
    ("post", "order-list"): (401, 201, 201, 201, 201),
    ("get", "order-detail"): (401, 404, 200, 200, 200),
    ("post", "order-cancel"): (401, 404, 200, 200, 200),
    ("post", "order-move"): (401, 403, 403, 200, 200),
    ("get", "sales-report"): (401, 403, 403, 200, 200),
    # % endif
    # % if cookiecutter.use_celery and cookiecutter.use_example
    ("get", "export-list"): (401, 200, 200, 200, 200),
    ("post", "export-list"): (401, 202, 202, 202, 202),
    ("get", "export-detail"): (401, 404, 200, 404, 404),
    ("post", "export-cancel"): (401, 404, 409, 404, 404),
    ("get", "export-download"): (200, 200, 200, 200, 200),
    # % endif
    # % if cookiecutter.use_celery
    ("get", "rate-list"): (200, 200, 200, 200, 200),
    # % endif
}


def test_the_table_is_complete():
    assert set(TABLE) == {(method, name) for method, name, _ in ROUTES}
    assert all(len(row) == len(ROLES) for row in TABLE.values())


@pytest.mark.usefixtures("quick_schema")
@pytest.mark.parametrize(("method", "name"), TABLE)
def test_who_may(clients, owner, world, method, name):
    url = address(name, world)
    multipart = {"format": "multipart"} if name == "product-image" else {}
    statuses = []
    for client in clients:
        with transaction.atomic():
            call = partial(getattr(client, method), url, **multipart)
            response = call(data=body(method, name, owner))
            transaction.set_rollback(True)
        statuses.append(response.status_code)
        # Read to the end, a file is closed.
        response.getvalue()

    assert dict(zip(ROLES, statuses, strict=True)) == dict(
        zip(ROLES, TABLE[method, name], strict=True)
    )


@pytest.mark.parametrize("name", sorted({name for _, name in TABLE}))
def test_no_other_method(auth_client, admin, world, name):
    """405, and `Allow` says which there are."""
    client, url = auth_client(admin), address(name, world)
    known = {method for method, route in TABLE if route == name}

    for method in set(METHODS) - known:
        response = getattr(client, method)(url)
        assert response.status_code == 405, method
        assert response.data["errors"][0]["code"] == "method_not_allowed"
        allowed = {word.lower() for word in response.headers["Allow"].split(", ")}
        assert allowed - {"head", "options"} == known
