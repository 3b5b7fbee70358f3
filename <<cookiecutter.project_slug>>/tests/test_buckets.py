"""STORAGE_URL: what it switches on, and what is said about one that is wrong."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.buckets import Buckets

URL = "s3://key:sec%2Fr%2Bet@s3.example.com/shop"


def test_two_buckets_of_one_service():
    storages = Buckets.from_url(f"{URL}?region=eu-north-1").storages

    public, private = storages["default"]["OPTIONS"], storages["private"]["OPTIONS"]
    assert (public["bucket_name"], private["bucket_name"]) == ("shop", "shop-private")
    for options in (public, private):
        assert options["access_key"] == "key"
        assert options["secret_key"] == "sec/r+et"
        assert options["endpoint_url"] == "https://s3.example.com"
        assert options["region_name"] == "eu-north-1"


def test_only_the_public_one_has_addresses_that_stay():
    storages = Buckets.from_url(URL).storages

    assert storages["default"]["OPTIONS"]["custom_domain"] == "s3.example.com/shop"
    assert "custom_domain" not in storages["private"]["OPTIONS"]


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        (URL, "https://s3.example.com"),
        ("s3+http://k:s@127.0.0.1:9000/shop", "http://127.0.0.1:9000"),
        (f"{URL}?public_url=https://files.example.com/a/", "https://files.example.com"),
    ],
)
def test_where_browsers_get_public_files(url, origin):
    assert Buckets.from_url(url).origin == origin


@pytest.mark.parametrize(
    "url",
    [
        "https://key:hidden@s3.example.com/shop",
        "s3://key:hidden@/shop",
        "s3://key@s3.example.com/hidden",
        "s3://s3.example.com/hidden",
        "s3://key:hidden/shop@s3.example.com/shop",
        "s3://key:hidden@s3.example.com",
        "s3://key:hidden@s3.example.com/shop/folder",
        "s3://key:hidden@s3.example.com:many/shop",
        "s3://key:hidden@[s3/shop",
        "s3://key:hidden@s3.example.com/shop?regoin=eu",
        "s3://key:hidden@s3.example.com/shop?public_url=files.example.com",
    ],
)
def test_what_is_wrong_is_said_without_the_secret(url):
    with pytest.raises(ImproperlyConfigured, match="^STORAGE_URL: ") as refusal:
        Buckets.from_url(url)

    assert "hidden" not in str(refusal.value)
    assert refusal.value.__suppress_context__
