"""What is hidden from a caller is null, whatever relation leads to it."""

import pytest
from graphql_relay import to_global_id

from apps.catalog.tests.factories import ProductFactory, ReviewFactory
from apps.orders.tests.factories import OrderFactory, OrderLineFactory

UPDATE_REVIEW = """
    mutation ($id: ID!) {
        updateReview(input: {id: $id, rating: 1}) {
            errors { code } review { rating product { name } }
        }
    }
"""
NODE = "query ($id: ID!) { node(id: $id) { __typename id } }"


@pytest.fixture
def hidden(user):
    """A product taken off the list, which the user has ordered and reviewed."""
    product = ProductFactory(slug="hidden", is_active=False)
    product.rating_count, product.rating_sum = 1, 5
    product.save()
    review = ReviewFactory(product=product, author=user, rating=5)
    order = OrderFactory(customer=user)
    OrderLineFactory(order=order, product=product)
    return {"Product": product.slug, "Review": review.pk, "Order": order.reference}


def data(client, query: str, **variables) -> dict:
    message = {"query": query, "variables": variables}
    answer = client.post("/graphql", message).json()
    assert "errors" not in answer, answer
    return answer["data"]


def test_through_a_review(auth_client, user, hidden):
    review_id = to_global_id("Review", str(hidden["Review"]))

    payload = data(auth_client(user), UPDATE_REVIEW, id=review_id)["updateReview"]

    assert payload == {"errors": [], "review": {"rating": 1, "product": None}}


def test_through_the_line_of_an_order(auth_client, user, manager, hidden):
    query = "{ orders { edges { node { lines { slug product { slug } } } } } }"
    shown = []
    for client in (auth_client(user), auth_client(manager)):
        [edge] = data(client, query)["orders"]["edges"]
        shown += edge["node"]["lines"]

    assert shown == [
        {"slug": "hidden", "product": None},
        {"slug": "hidden", "product": {"slug": "hidden"}},
    ]


@pytest.mark.parametrize("type_name", ["Product", "Review", "Order"])
def test_by_its_id(api_client, hidden, type_name):
    node_id = to_global_id(type_name, str(hidden[type_name]))

    assert data(api_client, NODE, id=node_id) == {"node": None}


def test_by_its_slug(auth_client, user, hidden):
    query = '{ product(slug: "hidden") { id reviews { edges { node { id } } } } }'

    assert data(auth_client(user), query) == {"product": None}


def test_the_author_of_a_review_has_no_address(api_client, user, hidden):
    query = """{ products { edges { node {
        reviews { edges { node { author { %s } } } }
    } } } }"""

    for field, status in (("fullName", 200), ("email", 400), ("id", 400)):
        answer = api_client.post("/graphql", {"query": query % field})
        assert answer.status_code == status


@pytest.mark.parametrize("who", ["nobody", "another", "self", "admin"])
def test_a_user_by_id(who, api_client, auth_client, user, admin, hidden):
    clients = {"nobody": api_client, "self": auth_client(user)}
    clients |= {"another": auth_client(ReviewFactory().author)}
    clients |= {"admin": auth_client(admin)}
    query = "query ($id: ID!) { node(id: $id) { ... on User { email isActive } } }"

    found = data(clients[who], query, id=to_global_id("User", str(user.pk)))["node"]

    assert (
        found
        == {
            "nobody": None,
            "another": None,
            "self": {"email": user.email, "isActive": None},
            "admin": {"email": user.email, "isActive": True},
        }[who]
    )
