"""What two may do at once, on PostgreSQL."""

from collections import Counter

import pytest

from apps.accounts.services import superuser_ensure

from .factories import session_tokens

URL = "/api/v1/auth/refresh/"


@pytest.mark.usefixtures("postgresql")
@pytest.mark.django_db(transaction=True)
def test_a_refresh_token_works_once(at_once, api_client, user):
    body = {"refresh": session_tokens(user).refresh}

    responses = at_once([lambda: api_client.post(URL, body)] * 8)

    assert Counter(row.status_code for row in responses) == {200: 1, 401: 7}


@pytest.mark.usefixtures("postgresql")
@pytest.mark.django_db(transaction=True)
def test_of_two_containers_one_makes_the_first_administrator(at_once):
    first = {"email": "boss@example.com", "password": "correct-horse-battery"}

    answers = at_once([lambda: superuser_ensure(**first)] * 4)

    assert Counter(made for _, made in answers) == {True: 1, False: 3}
    assert len({user.pk for user, _ in answers}) == 1
