"""Exports over REST: from asking for one to the file, and who may do what."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.conf import settings as project

from apps.accounts.tests.factories import UserFactory, session_tokens
from apps.core.files import private_storage
from apps.exports import services
from apps.exports.api.serializers import ExportOutput
from apps.exports.links import LIFETIME, link_token
from apps.exports.models import Export
from apps.orders.tests.factories import OrderFactory, OrderLineFactory

from .factories import ExportFactory, file_stored

URL = "/api/v1/exports/"
NOW = "2026-11-24T10:00:30Z"

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(time_machine):
    """Stands still until it is shifted. First in a test: tokens come after it."""
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def client(auth_client, user):
    return auth_client(user)


@pytest.fixture
def done(user) -> Export:
    return ExportFactory(owner=user, file=file_stored())


def code(response) -> str:
    return response.json()["errors"][0]["code"]


def fetched(response) -> bytes:
    assert response.status_code == 200, response.content
    return response.getvalue()


def test_from_asking_to_the_file(clock, client, api_client, user):
    order = OrderLineFactory(order=OrderFactory(customer=user)).order

    asked = client.post(URL, {})
    shown = client.get(asked.headers["Location"]).json()
    response = api_client.get(shown["download_url"])

    assert asked.status_code == 202
    assert asked.headers["Location"].endswith(f"{URL}{asked.json()['id']}/")
    assert asked.json()["status"] == "pending"
    assert asked.json()["progress"] == 0
    assert asked.json()["download_url"] is None
    assert (shown["status"], shown["progress"]) == ("done", 100)
    assert (shown["rows_done"], shown["rows_total"]) == (1, 1)
    assert set(shown) == set(ExportOutput().fields)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="orders-2026-11-24.csv"'
    )
    assert str(order.reference) in fetched(response).decode()


def test_it_goes_on_while_access_tokens_expire(clock, api_client, user):
    tokens = session_tokens(user)
    api_client.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens.access}")
    address = api_client.post(URL, {}).headers["Location"]
    link = api_client.get(address).json()["download_url"]

    clock.shift(project.SIMPLE_JWT["ACCESS_TOKEN_LIFETIME"])
    clock.shift(timedelta(seconds=1))

    # The link still opens, even with an expired token sent along.
    assert api_client.get(address).status_code == 401
    assert fetched(api_client.get(link)).startswith(b"reference,")
    api_client.credentials()
    fresh = api_client.post("/api/v1/auth/refresh/", {"refresh": tokens.refresh})
    api_client.credentials(HTTP_AUTHORIZATION=f"Bearer {fresh.json()['access']}")
    assert api_client.get(address).json()["status"] == "done"


def test_a_link_ends_and_the_next_one_is_fresh(clock, auth_client, done):
    client = auth_client(done.owner)
    first = client.get(f"{URL}{done.pk}/").json()["download_url"]
    clock.shift(LIFETIME)
    assert fetched(client.get(first))

    clock.shift(timedelta(seconds=1))
    refused = client.get(first)
    again = auth_client(done.owner).get(f"{URL}{done.pk}/")

    assert (refused.status_code, code(refused)) == (403, "link_invalid")
    assert fetched(client.get(again.json()["download_url"]))


@pytest.mark.parametrize("kind", ["none", "nonsense", "of another", "changed"])
def test_a_link_that_is_none(client, done, kind):
    token = {
        "none": {},
        "nonsense": {"token": "nonsense"},
        "of another": {"token": link_token(ExportFactory().pk)},
        "changed": {"token": f"{link_token(done.pk)}x"},
    }[kind]

    refused = client.get(f"{URL}{done.pk}/download/", token)

    assert (refused.status_code, code(refused)) == (403, "link_invalid")


@pytest.mark.parametrize("accept", ["text/csv", "application/xml", "*/*"])
def test_a_file_whatever_accept_says(client, done, accept):
    query = {"token": link_token(done.pk)}
    url = f"{URL}{done.pk}/download/"

    assert fetched(client.get(url, query, headers={"Accept": accept}))
    refused = client.get(url, headers={"Accept": accept})
    assert refused.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("status", ["pending", "running", "failed", "cancelled"])
def test_no_file_before_it_is_done(client, user, status):
    export = ExportFactory(owner=user, status=status, file=file_stored())
    query = {"token": link_token(export.pk)}

    assert client.get(f"{URL}{export.pk}/").json()["download_url"] is None
    refused = client.get(f"{URL}{export.pk}/download/", query)
    assert (refused.status_code, code(refused)) == (409, "export_not_done")


def test_a_file_that_is_gone(client, done):
    query = {"token": link_token(done.pk)}
    url = f"{URL}{done.pk}/download/"
    private_storage().delete(done.file.name)
    assert client.get(url, query).status_code == 404

    done.delete()
    assert client.get(url, query).status_code == 404


def test_one_at_a_time(client, auth_client, user):
    ExportFactory(owner=user, status="running")
    ExportFactory(owner=user, status="done")

    refused = client.post(URL, {})

    assert (refused.status_code, code(refused)) == (409, "export_under_way")
    assert auth_client(UserFactory()).post(URL, {}).status_code == 202
    Export.objects.filter(owner=user).update(status="cancelled")
    assert client.post(URL, {}).status_code == 202


def test_narrowed_by_status(client, user):
    for status in ("paid", "shipped"):
        order = OrderFactory(customer=user, status=status)
        OrderLineFactory(order=order)

    asked = client.post(URL, {"status": "paid"})
    shown = client.get(asked.headers["Location"]).json()

    assert shown["filters"] == {"status": "paid"}
    assert shown["rows_done"] == 1


@pytest.mark.parametrize(
    ("body", "attr"),
    [
        ({"status": "lost"}, "status"),
        ({"status": None}, "status"),
        ({"status": ["paid"]}, "status"),
        ({"statsu": "paid"}, "statsu"),
        ({"status": "paid", "owner": 1}, "owner"),
    ],
)
def test_a_filter_that_is_none(client, body, attr):
    refused = client.post(URL, body)

    assert refused.status_code == 400
    assert [error["attr"] for error in refused.json()["errors"]] == [attr]
    assert not Export.objects.exists()


def test_no_body_asks_for_everything(client):
    assert client.post(URL).status_code == 202
    assert Export.objects.get().filters == {}


@pytest.mark.parametrize("status", ["pending", "running"])
def test_cancelling(client, user, status):
    export = ExportFactory(owner=user, status=status, rows_done=1, rows_total=4)

    first = client.post(f"{URL}{export.pk}/cancel/")
    second = client.post(f"{URL}{export.pk}/cancel/")

    assert first.status_code == 200
    assert (first.json()["status"], first.json()["progress"]) == ("cancelled", 25)
    assert first.json()["finished_at"] is not None
    assert (second.status_code, code(second)) == (409, "export_over")


@pytest.mark.parametrize("role", ["user", "manager", "admin"])
@pytest.mark.parametrize(("method", "action"), [("get", ""), ("post", "cancel/")])
def test_a_strangers_export_is_not_there(request, auth_client, role, method, action):
    client = auth_client(request.getfixturevalue(role))
    export = ExportFactory(status="running")

    for pk in (export.pk, UUID(int=0)):
        response = getattr(client, method)(f"{URL}{pk}/{action}")
        assert response.status_code == 404
    assert client.get(URL).json()["results"] == []
    export.refresh_from_db()
    assert export.status == "running"


def test_the_list_in_pages(client, user):
    made = [ExportFactory(owner=user) for _ in range(5)]
    url, listed = f"{URL}?page_size=2", []

    while url:
        page = client.get(url).json()
        listed += [row["id"] for row in page["results"]]
        url = page["next"]

    assert listed == [str(export.pk) for export in reversed(made)]


def test_all_rows_written_are_not_a_file_yet(client, user):
    export = ExportFactory(owner=user, status="running", rows_done=9, rows_total=8)

    assert client.get(f"{URL}{export.pk}/").json()["progress"] == 99


def test_why_it_failed(client, user):
    export = ExportFactory(owner=user, status="pending")
    services.export_fail(export_id=str(export.pk))

    shown = client.get(f"{URL}{export.pk}/").json()

    assert (shown["status"], shown["error"]) == ("failed", services.exports.FAILED)


def test_asking_has_a_rate_of_its_own(clock, client, settings):
    rates = {**settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"], "exports": "2/min"}
    settings.REST_FRAMEWORK = {
        **settings.REST_FRAMEWORK,
        "DEFAULT_THROTTLE_RATES": rates,
    }

    statuses = [client.post(URL, {}).status_code for _ in range(3)]

    assert statuses == [202, 202, 429]
    assert client.get(URL).status_code == 200
