"""One refresh token in two hands at once, on PostgreSQL."""

from collections import Counter

import pytest

from .factories import session_tokens

URL = "/api/v1/auth/refresh/"


@pytest.mark.usefixtures("postgresql")
@pytest.mark.django_db(transaction=True)
def test_a_refresh_token_works_once(at_once, api_client, user):
    body = {"refresh": session_tokens(user).refresh}

    responses = at_once([lambda: api_client.post(URL, body)] * 8)

    assert Counter(row.status_code for row in responses) == {200: 1, 401: 7}
