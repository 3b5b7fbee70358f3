"""What the database guarantees about users."""

import pytest
from django.db import IntegrityError

from apps.accounts.models import Session, User

from .factories import SessionFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_addresses_differ_by_more_than_case():
    UserFactory(email="ada@example.com")

    with pytest.raises(IntegrityError):
        User.objects.create_user("ADA@example.com")


def test_an_upper_case_address_cannot_be_stored():
    with pytest.raises(IntegrityError):
        User.objects.create(email="ADA@example.com")


def test_forms_lower_the_address():
    user = User(email=" ADA@Example.com ")
    user.clean()

    assert user.email == "ada@example.com"


def test_a_user_is_found_whatever_the_case():
    user = UserFactory(email="ada@example.com")

    assert User.objects.get_by_natural_key("Ada@Example.COM") == user


def test_deleting_a_user_takes_their_sessions_along():
    session = SessionFactory()
    session.user.delete()

    assert not Session.objects.exists()


def test_names_for_people():
    session = SessionFactory(user_agent="curl/8")

    assert str(session.user) == session.user.email
    assert "curl/8" in str(session)
