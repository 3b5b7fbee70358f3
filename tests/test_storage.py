"""Uploads and exports in buckets: they outlive the process and its disk.

The service is moto's: a server that speaks S3 over HTTP, with bucket policies, and
refuses strangers what no policy gives them.
"""

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
import requests
from PIL import Image

from .template import bake, run
from .test_live import serving

EMAIL, PASSWORD = "boss@example.com", "correct-horse-battery"


class Caller:
    """Somebody who has logged in."""

    def __init__(self, url: str) -> None:
        self._url = url
        login = {"email": EMAIL, "password": PASSWORD}
        self._headers = {}
        access = self("post", "auth/login", json=login).json()["access"]
        self._headers = {"Authorization": f"Bearer {access}"}

    def __call__(self, method: str, path: str, **options) -> requests.Response:
        url = f"{self._url}/api/v1/{path}/"
        # Long, and yet no hang.
        options |= {"headers": self._headers, "timeout": 60}
        return requests.request(method, url, **options)


@pytest.fixture
def started(
    service, template, tmp_path
) -> Callable[[], AbstractContextManager[Caller]]:
    """Return what serves the project, each time on a disk that holds nothing else."""
    environment = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "STORAGE_URL": service.url("shop"),
        "SECRET_KEY": "only-for-tests" * 4,
        "JWT_SIGNING_KEY": "only-for-tests" * 4,
        "DJANGO_SUPERUSER_EMAIL": EMAIL,
        "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
    }
    starts = []

    @contextmanager
    def start() -> Iterator[Caller]:
        starts.append(tmp_path / f"disk-{len(starts)}")
        project = bake(template, starts[-1])
        with serving(project, starts[-1] / "log", **environment) as url:
            for command in (["ensure_superuser"], ["seed", "--products=1"]):
                made = run(
                    sys.executable, "manage.py", *command, cwd=project, **environment
                )
                assert made.returncode == 0, made.stderr
            yield Caller(url)
        assert not (project / "media").exists()
        assert not (project / "private").exists()

    return start


def picture() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (1, 1)).save(file, "PNG")
    file.seek(0)
    return file


def put_picture(caller: Caller) -> requests.Response:
    [product] = caller("get", "products").json()["results"]
    path = f"products/{product['slug']}/image"
    return caller("put", path, files={"image": ("a.png", picture())})


def test_an_upload_outlives_the_disk(service, started):
    with started() as caller:
        answer = put_picture(caller)
        image = answer.json()["image"]
        page = caller("get", "products")

    assert image.startswith(f"{service.endpoint}/shop/products/")
    with started() as caller:
        [product] = caller("get", "products").json()["results"]
    assert product["image"] == image
    read = requests.get(image, timeout=10)
    assert Image.open(io.BytesIO(read.content)).size == (1, 1)
    assert read.headers["Content-Type"] == "image/png"
    assert read.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    allowed = page.headers["Content-Security-Policy"]
    assert f"img-src 'self' data: {service.endpoint};" in f"{allowed};"


def test_an_export_outlives_the_disk_and_is_nobody_elses(service, started):
    with started() as caller:
        export = f"exports/{caller('post', 'exports').json()['id']}"
        assert caller("get", export).json()["status"] == "done"

    with started() as caller:
        download = caller("get", export).json()["download_url"]
        file = requests.get(download, timeout=10)
    assert file.text.startswith("reference,")
    assert file.headers["Content-Length"] == str(len(file.content))
    [stored] = service.client().list_objects_v2(Bucket="shop-private")["Contents"]
    address = f"{service.endpoint}/shop-private/{stored['Key']}"
    assert requests.get(address, timeout=10).status_code == 403


def test_a_service_that_is_down_is_said_to_be(service, started):
    with started() as caller:
        service.stop()
        refused = put_picture(caller)
        others = caller("get", "products")

    assert refused.status_code == 503
    assert refused.json()["errors"][0]["code"] == "temporary_failure"
    assert others.status_code == 200
