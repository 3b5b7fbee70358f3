"""The table of roles and its copy in the database."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from apps.accounts import roles, services
from apps.accounts.models import User
from apps.accounts.selectors import session_get_user

from .factories import SessionFactory, UserFactory

pytestmark = pytest.mark.django_db


def granted(role: str) -> set[str]:
    return {
        f"{permission.content_type.app_label}.{permission.codename}"
        for permission in Group.objects.get(name=role).permissions.all()
    }


def test_migrating_seeds_every_role():
    assert set(Group.objects.values_list("name", flat=True)) == set(roles.BY_NAME)
    assert granted("member") == set()
    assert "accounts.view_user" in granted("manager")
    assert "accounts.change_user" not in granted("manager")
    assert len(granted("admin")) == Permission.objects.count()


def test_syncing_repairs_and_repeats_without_harm(capsys):
    before = granted("manager")
    Group.objects.get(name="manager").permissions.clear()
    Group.objects.get(name="member").permissions.add(Permission.objects.first())

    for _ in range(2):
        call_command("sync_roles")

    assert granted("manager") == before
    assert granted("member") == set()
    assert Group.objects.count() == len(roles.ROLES)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("member", {"member"}),
        ("manager", {"member", "manager"}),
        ("admin", {"member", "manager", "admin"}),
    ],
)
def test_higher_roles_include_lower_ones(role, may):
    user = UserFactory()
    services.user_role_set(user=user, role=role)

    assert {name for name in roles.BY_NAME if user.has_role(name)} == may
    assert user.is_staff == roles.BY_NAME[role].is_staff


def columns(user: User) -> list:
    return [field.value_from_object(user) for field in User._meta.concrete_fields]


@pytest.mark.parametrize("superuser", [False, True])
@pytest.mark.parametrize(
    "groups",
    [[], ["newsletter"], ["manager"], ["manager", "newsletter"], ["admin", "member"]],
)
def test_a_session_brings_the_role_with_it(
    groups, superuser, django_assert_num_queries
):
    session = SessionFactory(user__is_superuser=superuser)
    for name in groups:
        session.user.groups.add(Group.objects.get_or_create(name=name)[0])

    with django_assert_num_queries(1):
        user = session_get_user(session_id=session.pk)
        found = user.role, columns(user)

    known = User.objects.get(pk=session.user_id)
    assert found == (known.role, columns(known))


def test_a_new_role_replaces_the_old_one_and_keeps_other_groups():
    user = UserFactory()
    user.groups.add(Group.objects.create(name="newsletter"))
    services.user_role_set(user=user, role="admin")
    services.user_role_set(user=user, role="member")

    assert set(user.groups.values_list("name", flat=True)) == {"member", "newsletter"}
    assert not user.is_staff


def test_an_unknown_role_is_refused():
    with pytest.raises(KeyError):
        services.user_role_set(user=UserFactory(), role="king")


def test_a_superuser_is_an_admin():
    assert UserFactory(is_superuser=True).role == "admin"
