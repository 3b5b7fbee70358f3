"""The management commands of accounts."""

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.models import User

pytestmark = pytest.mark.django_db


def test_ensure_superuser_makes_one_and_then_leaves_it_alone(settings, capsys):
    settings.SUPERUSER_EMAIL = "Root@example.com"
    settings.SUPERUSER_PASSWORD = "a-first-long-password"
    call_command("ensure_superuser")
    settings.SUPERUSER_PASSWORD = "a-second-long-password"
    call_command("ensure_superuser")

    user = User.objects.get()
    assert (user.email, user.is_superuser) == ("root@example.com", True)
    assert user.email_verified_at is not None
    assert user.check_password("a-first-long-password")
    assert "was there already" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("email", "password"), [("", "x"), ("root@example.com", ""), ("", "")]
)
def test_ensure_superuser_says_what_is_missing(settings, email, password):
    settings.SUPERUSER_EMAIL, settings.SUPERUSER_PASSWORD = email, password

    with pytest.raises(CommandError, match="DJANGO_SUPERUSER_EMAIL"):
        call_command("ensure_superuser")


@pytest.mark.parametrize("password", ["change-me", "password", "1234567890"])
def test_ensure_superuser_refuses_a_known_password(settings, password):
    settings.SUPERUSER_EMAIL = "root@example.com"
    settings.SUPERUSER_PASSWORD = password

    with pytest.raises(CommandError, match="DJANGO_SUPERUSER_PASSWORD"):
        call_command("ensure_superuser")
    assert not User.objects.exists()


def test_seed_demo_prints_a_password_that_works_and_renews_it(settings, capsys):
    settings.DEBUG = True
    for _ in range(2):
        call_command("seed_demo")
        password = capsys.readouterr().out.split()[-1]
        assert User.objects.get().check_password(password)


def test_seed_demo_stays_out_of_production():
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("seed_demo")
    assert not User.objects.exists()
