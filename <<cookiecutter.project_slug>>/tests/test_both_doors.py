"""One rule behind two doors: REST and GraphQL give every role the same verdict.

What is asked, and who may, stand in `test_role_matrix.py`; here is what the same is
called in GraphQL. A row of that table that is missing here fails the tests.
"""

from collections.abc import Callable

import pytest
from django.db import transaction
from graphene.utils.str_converters import to_camel_case
from graphql_relay import to_global_id

from .examples import address, body
from .test_role_matrix import ROLES, TABLE

# Pages, files, and the door itself.
ONLY_REST = {
    ("get", "schema"),
    ("get", "schema-of-version"),
    ("get", "swagger-ui"),
    ("get", "redoc"),
    ("post", "graphql"),
    # % if cookiecutter.use_example
    ("put", "product-image"),
    # % endif
    # % if cookiecutter.use_celery and cookiecutter.use_example
    ("get", "export-download"),
    # % endif
}
# The field, and the type of the id that it takes, if any.
MUTATIONS = {
    ("patch", "me"): ("updateMe", None),
    ("post", "auth-register"): ("register", None),
    ("post", "auth-verify-email"): ("verifyEmail", None),
    ("post", "auth-resend-verification"): ("resendVerification", None),
    ("post", "auth-login"): ("logIn", None),
    ("post", "auth-refresh"): ("refreshTokens", None),
    ("post", "auth-logout"): ("logOut", None),
    ("post", "auth-logout-all"): ("logOutEverywhere", None),
    ("post", "auth-password-change"): ("changePassword", None),
    ("post", "auth-password-reset"): ("requestPasswordReset", None),
    ("post", "auth-password-reset-confirm"): ("resetPassword", None),
    # % if cookiecutter.use_example
    ("post", "category-list"): ("createCategory", None),
    ("patch", "category-detail"): ("updateCategory", "Category"),
    ("delete", "category-detail"): ("deleteCategory", "Category"),
    ("post", "product-list"): ("createProduct", None),
    ("post", "product-prices"): ("setPrices", None),
    ("put", "product-detail"): ("updateProduct", "Product"),
    ("patch", "product-detail"): ("updateProduct", "Product"),
    ("delete", "product-detail"): ("deleteProduct", "Product"),
    ("post", "product-review-list"): ("createReview", "Product"),
    ("patch", "review-detail"): ("updateReview", "Review"),
    ("delete", "review-detail"): ("deleteReview", "Review"),
    ("post", "order-list"): ("placeOrder", None),
    ("post", "order-cancel"): ("cancelOrder", "Order"),
    ("post", "order-move"): ("setOrderStatus", "Order"),
    # % endif
    # % if cookiecutter.use_celery and cookiecutter.use_example
    ("post", "export-list"): ("startExport", None),
    ("post", "export-cancel"): ("cancelExport", "Export"),
    # % endif
}
LIST = "{ edges { node { id } } }"
QUERIES = {
    ("get", "me"): "{ me { id } }",
    ("get", "user-list"): f"{{ users {LIST} }}",
    ("get", "user-detail"): "query ($id: ID!) { user(id: $id) { id } }",
    # % if cookiecutter.use_example
    ("get", "category-list"): f"{{ categories {LIST} }}",
    ("get", "category-detail"): "query ($key: String!) { category(slug: $key) { id } }",
    ("get", "tag-list"): f"{{ tags {LIST} }}",
    ("get", "tag-detail"): "query ($key: String!) { tag(slug: $key) { id } }",
    ("get", "product-list"): f"{{ products {LIST} }}",
    ("get", "product-detail"): "query ($key: String!) { product(slug: $key) { id } }",
    ("get", "product-review-list"): (
        f"query ($key: String!) {{ product(slug: $key) {{ reviews {LIST} }} }}"
    ),
    ("get", "order-list"): f"{{ orders {LIST} }}",
    ("get", "order-detail"): (
        "query ($key: String!) { order(reference: $key) { id } }"
    ),
    ("get", "sales-report"): "{ salesReport { month } }",
    # % endif
    # % if cookiecutter.use_celery and cookiecutter.use_example
    ("get", "export-list"): f"{{ exports {LIST} }}",
    ("get", "export-detail"): "query ($id: ID!) { export(id: $id) { id } }",
    # % endif
    # % if cookiecutter.use_celery
    ("get", "rate-list"): f"{{ rates {LIST} }}",
    # % endif
}
TYPES = {"user-detail": "User", "export-detail": "Export"}
# GraphQL asks who the caller is without making an error of nobody.
NULL_IS = {("get", "me"): "not_authenticated"}


def test_nothing_is_forgotten():
    doors = [ONLY_REST, set(MUTATIONS), set(QUERIES)]

    assert set.union(*doors) == set(TABLE)
    assert sum(map(len, doors)) == len(TABLE)


@pytest.mark.parametrize(("method", "name"), sorted({*MUTATIONS, *QUERIES}))
def test_both_doors_say_the_same(clients, owner, world, method, name):
    query, variables = question(method, name, owner, world)
    verdicts = {}
    for role, client in zip(ROLES, clients, strict=True):
        url, data = address(name, world), body(method, name, owner)
        rest = undone(getattr(client, method), url, data)
        message = {"query": query, "variables": variables}
        graphql = undone(client.post, "/graphql", message)
        verdicts[role] = rest_verdict(rest), graphql_verdict(graphql, method, name)

    assert {role: rest == graphql for role, (rest, graphql) in verdicts.items()} == (
        dict.fromkeys(ROLES, True)
    ), verdicts


def undone(call: Callable, *arguments):
    with transaction.atomic():
        response = call(*arguments)
        transaction.set_rollback(True)
    return response


def question(method: str, name: str, owner, world) -> tuple[str, dict]:
    key = next(iter(world.get(name, {}).values()), None)
    if (method, name) in QUERIES:
        variables = {"key": str(key), "id": to_global_id(TYPES.get(name, ""), str(key))}
        return QUERIES[method, name], variables
    field, type_name = MUTATIONS[method, name]
    given = camel(body(method, name, owner) or {})
    if type_name:
        argument = "productId" if field == "createReview" else "id"
        given[argument] = to_global_id(type_name, str(key))
    type_name = f"{field[0].upper()}{field[1:]}Input!"
    query = (
        f"mutation ($input: {type_name}) {{ {field}(input: $input)"
        " { errors { code } } }"
    )
    return query, {"input": given}


def camel(data: dict) -> dict:
    enums = {"status": str.upper}
    return {
        to_camel_case(name): enums[name](value) if name in enums else value
        for name, value in data.items()
    }


def rest_verdict(response) -> str:
    return "ok" if response.status_code < 400 else response.data["errors"][0]["code"]


def graphql_verdict(response, method: str, name: str) -> str:
    answer = response.json()
    if "errors" in answer:
        return answer["errors"][0]["extensions"]["code"]
    [found] = answer["data"].values()
    if found is None:
        return NULL_IS.get((method, name), "not_found")
    failed = found["errors"] if (method, name) in MUTATIONS else []
    return failed[0]["code"] if failed else "ok"
