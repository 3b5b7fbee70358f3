"""Reviews: one a user and product, and the rating that follows from them."""

import pytest

from apps.catalog.models import Product, Review

from .factories import ProductFactory, ReviewFactory

URL = "/api/v1/products/lamp/reviews/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def lamp():
    return ProductFactory(name="Lamp")


def rating(client) -> tuple[str, int]:
    shown = client.get("/api/v1/products/lamp/").json()
    return shown["rating"], shown["rating_count"]


def test_a_review_and_the_rating(auth_client, user, manager, lamp):
    mine, theirs = auth_client(user), auth_client(manager)
    made = mine.post(URL, {"rating": 5, "text": "Bright."})
    theirs.post(URL, {"rating": 4})

    assert made.status_code == 201
    assert made.json()["author"] == user.full_name
    assert rating(mine) == ("4.50", 2)
    [_, first] = mine.get(URL).json()["results"]
    assert first == made.json()
    assert user.email not in mine.get(URL).content.decode()


def test_changing_and_taking_back(auth_client, user, lamp):
    client = auth_client(user)
    url = f"/api/v1/reviews/{client.post(URL, {'rating': 5}).json()['id']}/"

    assert client.patch(url, {"rating": 2, "text": "Broke."}).json()["rating"] == 2
    assert rating(client) == ("2.00", 1)
    assert client.delete(url).status_code == 204
    assert rating(client) == ("0.00", 0)
    assert client.delete(url).status_code == 404


def test_twice_is_once_too_often(auth_client, user, lamp):
    client = auth_client(user)
    statuses = [client.post(URL, {"rating": 5}).status_code for _ in range(2)]

    assert statuses == [201, 409]
    assert rating(client) == ("5.00", 1)


@pytest.mark.parametrize("caller", ["user", "manager"])
def test_anothers_review_stays(request, auth_client, lamp, caller):
    review = ReviewFactory(product=lamp)
    client = auth_client(request.getfixturevalue(caller))

    assert (
        client.patch(f"/api/v1/reviews/{review.pk}/", {"rating": 1}).status_code == 403
    )
    assert client.delete(f"/api/v1/reviews/{review.pk}/").status_code == 403


def test_an_administrator_may_delete_any(auth_client, admin, user, lamp):
    made = auth_client(user).post(URL, {"rating": 1}).json()

    assert (
        auth_client(admin).delete(f"/api/v1/reviews/{made['id']}/").status_code == 204
    )
    assert not Review.objects.exists()


@pytest.mark.parametrize("value", [0, 6, "good", None, 2**63])
def test_ratings_out_of_bounds(auth_client, user, lamp, value):
    response = auth_client(user).post(URL, {"rating": value})

    assert response.status_code == 400
    assert response.json()["errors"][0]["attr"] == "rating"


@pytest.mark.parametrize("number", ["0", str(2**63), "9" * 5_000])
def test_a_number_that_no_review_has(auth_client, user, number):
    response = auth_client(user).patch(f"/api/v1/reviews/{number}/", {"rating": 1})

    assert response.status_code == 404


def test_nothing_there_to_review(auth_client, user):
    ProductFactory(name="Lamp", is_active=False)

    assert auth_client(user).post(URL, {"rating": 5}).status_code == 404
    assert auth_client(user).get(URL).json()["results"] == []


def test_the_rating_agrees_with_the_reviews(auth_client, user, manager, admin, lamp):
    for number, person in enumerate((user, manager, admin), start=3):
        client = auth_client(person)
        made = client.post(URL, {"rating": number}).json()
        client.patch(f"/api/v1/reviews/{made['id']}/", {"rating": number - 1})
    given = list(Review.objects.values_list("rating", flat=True))
    lamp = Product.objects.get(pk=lamp.pk)

    assert (lamp.rating_count, lamp.rating_sum) == (len(given), sum(given))


@pytest.mark.parametrize("rows", [2, 20])
def test_query_count_does_not_grow_with_the_rows(
    api_client, django_assert_num_queries, lamp, rows
):
    ReviewFactory.create_batch(rows, product=lamp)

    with django_assert_num_queries(1):
        assert len(api_client.get(URL).json()["results"]) == rows
