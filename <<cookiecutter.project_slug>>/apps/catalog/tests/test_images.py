"""Pictures: what is one gets in, rewritten; what only claims to be one does not."""

from io import BytesIO
from unittest.mock import Mock

import pytest
from django.core.files.storage import default_storage
from PIL import ExifTags, Image

from apps.catalog.services import images

from .factories import ProductFactory, picture, upload

URL = "/api/v1/products/lamp/image/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(auth_client, manager):
    ProductFactory(name="Lamp")
    return auth_client(manager)


def put(client, content: bytes, name: str = "a.png"):
    return client.put(URL, {"image": upload(content, name)}, format="multipart")


def stored(url: str) -> bytes:
    with default_storage.open(f"products/{url.rpartition('/')[2]}") as file:
        return file.read()


@pytest.mark.parametrize(
    ("kind", "suffix"), [("PNG", ".png"), ("JPEG", ".jpg"), ("WEBP", ".webp")]
)
def test_the_content_says_what_it_is(client, api_client, kind, suffix):
    shown = put(client, picture(kind), "../../evil.php").json()["image"]

    assert shown.endswith(suffix)
    assert "evil" not in shown
    assert api_client.get("/api/v1/products/lamp/").json()["image"] == shown


def test_the_former_picture_goes(client):
    first = put(client, picture()).json()["image"].rpartition("products/")[2]
    second = put(client, picture()).json()["image"].rpartition("products/")[2]

    assert not default_storage.exists(f"products/{first}")
    assert default_storage.exists(f"products/{second}")


def test_a_new_picture_stays_when_the_former_cannot_go(client, monkeypatch):
    put(client, picture())
    monkeypatch.setattr(default_storage, "delete", Mock(side_effect=OSError("away")))

    response = put(client, picture())

    assert response.status_code == 200
    assert default_storage.delete.called


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_is_hidden_beside_the_pixels_does_not_get_in(client, kind):
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = "where I live"
    upload = picture(kind, exif=exif)
    assert b"where I live" in upload

    shown = put(client, upload).json()["image"]

    assert b"where I live" not in stored(shown)


def test_a_picture_taken_sideways_is_turned(client):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    shown = put(client, picture("JPEG", (8, 16), exif=exif)).json()["image"]

    assert Image.open(BytesIO(stored(shown))).size == (16, 8)


@pytest.mark.parametrize(
    "content",
    [b"", b"<?php", picture()[:40], picture("GIF"), b"<svg onload='x'/>"],
    ids=["empty", "script", "cut off", "another kind", "svg"],
)
def test_anything_else_is_refused(client, content):
    response = put(client, content)

    assert response.status_code == 400
    assert response.json()["errors"][0]["attr"] == "image"


@pytest.mark.parametrize("limit", ["MAX_BYTES", "MAX_PIXELS"])
def test_too_large(client, monkeypatch, limit):
    monkeypatch.setattr(images, limit, 10)

    assert put(client, picture()).status_code == 400


def test_fifty_megabytes_are_not_even_read(client):
    assert put(client, b"x" * 50_000_000).status_code == 413


def test_no_form_no_picture(client):
    assert client.put(URL, {"image": "x"}).status_code == 415
