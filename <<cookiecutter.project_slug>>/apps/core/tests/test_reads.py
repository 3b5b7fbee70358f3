"""Public reads: rows, ETags, the shared cache, and what never gets into it."""

import json

import pytest
from django.core.cache import cache
from django.test import TestCase
from django.urls import include, path
from rest_framework import serializers, viewsets
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.core.cache import generation, generation_bump
from apps.core.filters import KnownParametersFilter, OrderingFilter
from apps.core.policies import is_manager
from apps.core.reads import PERSONAL, SHARED, PublicReadMixin
from apps.core.serializers import RowSerializer

THINGS = "/api/v1/things/"


class ThingOutput(RowSerializer):
    id = serializers.UUIDField()
    full_name = serializers.CharField()


class ThingViewSet(PublicReadMixin, viewsets.GenericViewSet):
    cache_namespace = "things"
    serializer_class = ThingOutput
    permission_classes = [AllowAny]
    filter_backends = [KnownParametersFilter, OrderingFilter]
    ordering_fields = {"name": "full_name"}
    lookup_field = "full_name"
    lookup_value_regex = "[^/]+"

    def get_queryset(self):
        seen = {} if is_manager(self.request.user) else {"is_active": True}
        return (
            User.objects.filter(**seen, full_name__startswith="Thing")
            .order_by("id")
            .values("id", "full_name")
        )

    def update(self, request, version, full_name):
        self.precondition()()
        return Response(status=204)


router = SimpleRouter()
router.register("things", ThingViewSet, basename="thing")
urlpatterns = [path("api/<str:version>/", include(router.urls))]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def thing():
    return UserFactory(full_name="Thing 1")


def rename(thing, name: str) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        User.objects.filter(pk=thing.pk).update(full_name=name)
        generation_bump("things")


def names(response) -> list[str]:
    return [row["full_name"] for row in json.loads(response.content)["results"]]


@pytest.mark.parametrize("url", [THINGS, f"{THINGS}Thing 1/"])
def test_the_second_read_asks_no_database(
    api_client, thing, django_assert_num_queries, url
):
    with django_assert_num_queries(1):
        first = api_client.get(url)
    with django_assert_num_queries(0):
        second = api_client.get(url)

    assert first.content == second.content
    assert first.headers["ETag"] == second.headers["ETag"]
    assert second.headers["Content-Type"] == "application/json"
    assert second.headers["Cache-Control"] == SHARED
    assert "Authorization" in second.headers["Vary"]


def test_a_cache_that_is_off_gives_nothing(
    api_client, thing, settings, django_assert_num_queries
):
    api_client.get(THINGS)
    settings.READ_CACHE_SECONDS = 0

    with django_assert_num_queries(1):
        assert names(api_client.get(THINGS)) == ["Thing 1"]


def test_a_write_is_in_the_next_read(api_client, thing):
    before = api_client.get(THINGS)
    rename(thing, "Thing 2")
    after = api_client.get(THINGS)

    assert names(before) == ["Thing 1"]
    assert names(after) == ["Thing 2"]
    assert before.headers["ETag"] != after.headers["ETag"]


@pytest.mark.parametrize("url", [THINGS, f"{THINGS}Thing 1/"])
@pytest.mark.parametrize("cached", [True, False])
def test_what_the_client_has_is_not_sent_again(
    api_client, thing, settings, url, cached
):
    settings.READ_CACHE_SECONDS = 300 if cached else 0
    etag = api_client.get(url).headers["ETag"]

    same = api_client.get(url, headers={"If-None-Match": etag})
    other = api_client.get(url, headers={"If-None-Match": '"other"'})

    assert (same.status_code, same.content) == (304, b"")
    assert same.headers["ETag"] == etag
    assert other.status_code == 200


def test_each_address_has_an_answer_of_its_own(api_client, thing, settings):
    settings.ALLOWED_HOSTS = ["a.example", "b.example", "testserver"]
    UserFactory(full_name="Thing 2")
    url = f"{THINGS}?page_size=1"

    asked = [("a.example", False), ("b.example", False), ("a.example", True)]
    for _ in ("computed", "kept"):
        pages = [api_client.get(url, headers={"Host": h}, secure=s) for h, s in asked]
        assert [page.json()["next"].partition("/api/")[0] for page in pages] == [
            "http://a.example",
            "http://b.example",
            "https://a.example",
        ]
    assert names(api_client.get(f"{url}&ordering=-name")) == ["Thing 2"]


@pytest.mark.parametrize("said", ["{}", "W/{}", '"other", {}', "*"])
def test_however_the_client_says_so(api_client, thing, said):
    first = api_client.get(THINGS)
    headers = {"If-None-Match": said.format(first.headers["ETag"])}
    again = api_client.get(THINGS, headers=headers)

    assert again.status_code == 304
    for name in ("ETag", "Cache-Control", "Vary"):
        assert again.headers[name] == first.headers[name]


def test_a_precondition_comes_first(api_client, thing):
    etag = api_client.get(THINGS).headers["ETag"]
    headers = {"If-None-Match": etag, "If-Match": '"other"'}

    assert api_client.get(THINGS, headers=headers).status_code == 412


def test_to_say_so_moves_no_body(api_client, thing, monkeypatch):
    moved = []

    def get_many(keys, get_many=cache.get_many):
        found = get_many(keys)
        moved.append("Thing 1" in repr(found))
        return found

    monkeypatch.setattr(cache, "get_many", get_many)
    etag = api_client.get(THINGS).headers["ETag"]
    moved.clear()

    statuses = [
        api_client.get(THINGS, headers={"If-None-Match": value}).status_code
        for value in (etag, '"other"')
    ]
    assert statuses == [304, 200]
    assert moved == [False, False, True]


def test_a_date_serves_as_well_once_it_proves_something(
    api_client, thing, time_machine
):
    time_machine.move_to("2026-11-24T10:00:00.500Z", tick=False)
    assert "Last-Modified" not in api_client.get(THINGS).headers
    time_machine.move_to("2026-11-24T10:00:05Z", tick=False)

    modified = api_client.get(THINGS).headers["Last-Modified"]
    same = api_client.get(THINGS, headers={"If-Modified-Since": modified})
    rename(thing, "Thing 2")
    changed = api_client.get(THINGS, headers={"If-Modified-Since": modified})

    assert modified == "Tue, 24 Nov 2026 10:00:00 GMT"
    assert [same.status_code, changed.status_code] == [304, 200]


def test_managers_see_more_and_share_nothing(api_client, auth_client, manager, thing):
    UserFactory(full_name="Thing hidden", is_active=False)
    managers = auth_client(manager).get(THINGS)
    strangers = api_client.get(THINGS)

    assert len(names(managers)) == 2
    assert managers.headers["Cache-Control"] == PERSONAL
    assert managers.headers["ETag"]
    assert names(strangers) == ["Thing 1"]


def test_a_members_token_is_not_looked_up(
    auth_client, user, thing, django_assert_num_queries
):
    client = auth_client(user)

    with django_assert_num_queries(1):
        assert client.get(THINGS).status_code == 200


def test_a_forged_token_is_refused_all_the_same(api_client, thing):
    api_client.credentials(HTTP_AUTHORIZATION="Bearer a.b.c")

    assert api_client.get(THINGS).status_code == 401


def test_fewer_fields(api_client, thing):
    url = f"{THINGS}Thing 1/"

    assert api_client.get(f"{url}?fields=full_name").json() == {"full_name": "Thing 1"}
    listed = api_client.get(f"{THINGS}?fields=full_name&page=1").json()
    assert listed["results"] == [{"full_name": "Thing 1"}]
    refused = api_client.get(f"{url}?fields=full_name,password")
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["attr"] == "fields"


def test_what_is_not_there(api_client):
    assert api_client.get(f"{THINGS}Thing 9/").status_code == 404


def test_orderings_are_applied(api_client, thing):
    UserFactory(full_name="Thing 2")

    assert names(api_client.get(f"{THINGS}?ordering=-name")) == ["Thing 2", "Thing 1"]


@pytest.mark.parametrize(
    ("seen", "status"), [("present", 204), ("*", 204), (None, 204), ('"old"', 412)]
)
def test_writes_may_depend_on_what_was_read(auth_client, manager, thing, seen, status):
    client, url = auth_client(manager), f"{THINGS}Thing 1/"
    if seen == "present":
        seen = client.get(url).headers["ETag"]

    response = client.put(url, headers={"If-Match": seen} if seen else {})

    assert response.status_code == status
    if status == 412:
        assert response.json()["errors"][0]["code"] == "precondition_failed"


def test_a_read_with_a_condition_that_fails_is_json(api_client, thing):
    response = api_client.get(THINGS, headers={"If-Match": '"old"'})

    assert response.status_code == 412
    assert response.json()["errors"][0]["code"] == "precondition_failed"


def test_without_a_cache_it_goes_on(api_client, thing, redis_down):
    first, second = api_client.get(THINGS), api_client.get(THINGS)

    assert names(first) == names(second) == ["Thing 1"]
    assert generation("things") is None
