import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from rest_framework.request import Request

from apps.core.errors import NotAuthenticated

from ..authentication import TokenMember
from ..callers import caller, caller_session_id
from ..models import Session
from ..tokens import SESSION_CLAIM, SessionRefreshToken, token_pair_issue


def request_of(user, token=None) -> Request:
    request = Request(HttpRequest())
    request.user, request.auth = user, token
    return request


@pytest.fixture
def token(user) -> SessionRefreshToken:
    session = Session.objects.create(user=user)
    return SessionRefreshToken(token_pair_issue(session).refresh)


def test_caller_is_the_user(user):
    assert caller(request_of(user)) is user


def test_a_stranger_is_no_caller():
    with pytest.raises(NotAuthenticated):
        caller(request_of(AnonymousUser()))


def test_a_member_whom_a_token_describes_is_no_caller(token):
    with pytest.raises(NotAuthenticated):
        caller(request_of(TokenMember(token)))


def test_session_is_that_of_the_token(user, token):
    assert caller_session_id(request_of(user, token)) == token[SESSION_CLAIM]


def test_without_a_token_there_is_no_session(user):
    with pytest.raises(NotAuthenticated):
        caller_session_id(request_of(user))
