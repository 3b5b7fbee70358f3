"""`make prod-rehearsal`, where a Docker engine answers: production on this machine."""

import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_urlsafe
from uuid import uuid4

import pytest
import requests

from .brokers import free_port
from .load import Load
from .stacks import eventually
from .template import OPTIONS, bake, run

BROKEN = 'RUN echo "raise SystemExit(\\"broken\\")" >> config/wsgi.py'
SECRET = re.compile(r"^\w+_(?:KEY|PASSWORD)=(.+)$", re.MULTILINE)


class Site:
    """A rehearsal of a bake, at https://localhost, on a port of its own."""

    def __init__(self, docker: str, project: Path) -> None:
        self.project = project
        self.port = free_port()
        self.certificate = project.parent / "root.crt"
        self._docker = docker
        self.said = ""

    @property
    def image(self) -> str:
        return f"{self.project.name}:rehearsal"

    @property
    def secrets(self) -> list[str]:
        return SECRET.findall((self.project / ".env.rehearsal").read_text("utf-8"))

    def docker(self, *command: str) -> str:
        return self._run(self._docker, *command)

    def compose(self, *command: str) -> str:
        return self._run("sh", "deploy/compose.sh", *command)

    def make(self, *words: str) -> str:
        port = f"REHEARSAL_PORT={self.port}"
        return self._run("make", *words, port, "ENV_FILE=.env.rehearsal")

    def _run(self, *command: str) -> str:
        done = self.attempt(*command)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def attempt(self, *command: str, **environment: str):
        settings = {"ENV_FILE": ".env.rehearsal", **environment}
        done = run(*command, cwd=self.project, **settings)
        self.said += done.stdout + done.stderr
        return done

    def release(self, image: str, wait_seconds: int = 180):
        patience = {"RELEASE_WAIT_SECONDS": str(wait_seconds)}
        return self.attempt("sh", "deploy/release.sh", image, **patience)

    def build_upon(self, name: str, *lines: str) -> str:
        """Make another version of the image; return what it is called."""
        folder = self.project.parent / name
        folder.mkdir()
        dockerfile = [f"FROM {self.image}", "USER root", *lines, "USER 10001", ""]
        (folder / "Dockerfile").write_text("\n".join(dockerfile))
        image = f"{self.project.name}:{name}"
        self.docker("build", "--quiet", "--tag", image, str(folder))
        return image

    def trust(self) -> None:
        """Take the root certificate of the proxy, as a browser would be told to."""
        root = "/data/caddy/pki/authorities/local/root.crt"
        # The proxy is healthy a moment before it has one.
        eventually(
            lambda: not self.attempt(*PROXY, "test", "-e", root).returncode,
            "the proxy has no certificate",
        )
        self.certificate.write_text(self._run(*PROXY, "cat", root))

    def get(self, path: str) -> requests.Response:
        url = f"https://localhost:{self.port}{path}"
        return requests.get(url, verify=self.certificate, timeout=30)

    def register(self, email: str) -> None:
        url = f"https://localhost:{self.port}/api/v1/auth/register/"
        body = {"email": email, "password": token_urlsafe()}
        answer = requests.post(url, json=body, verify=self.certificate, timeout=30)
        assert answer.status_code == 202, answer.text

    def wrote_to(self, email: str, *services: str) -> bool:
        """Is an e-mail to this address a file in one of them?"""
        look = ("grep", "--recursive", "--quiet", f"^To: {email}$", "/tmp/mails")
        inside = ("sh", "deploy/compose.sh", "exec", "-T")
        return any(
            self.attempt(*inside, service, *look).returncode == 0
            for service in services
        )

    def parts(self) -> dict[str, str]:
        return self.get("/health/ready/").json()["parts"]

    def is_ready(self) -> bool:
        return self.get("/health/ready/").status_code == 200

    def running(self) -> set[str]:
        """The image of each web."""
        ids = self.compose("ps", "--quiet", "web-a", "web-b").split()
        shown = self.docker("inspect", "--format", "{{.Config.Image}}", *ids)
        return set(shown.split())


PROXY = ("sh", "deploy/compose.sh", "exec", "-T", "proxy")


@contextmanager
def rehearsal(docker: str, template: Path, folder: Path, **answers) -> Iterator[Site]:
    slug = f"nexus-{uuid4().hex[:8]}"
    site = Site(docker, bake(template, folder, project_slug=slug, **answers))
    try:
        site.make("prod-rehearsal")
        site.trust()
        yield site
    finally:
        site.attempt("make", "prod-rehearsal-down")
        made = site.docker("image", "ls", "--quiet", slug).split()
        site.docker("image", "rm", "--force", *made)


@pytest.fixture(scope="module")
def site(docker, images, template, tmp_path_factory) -> Iterator[Site]:
    with rehearsal(docker, template, tmp_path_factory.mktemp("production")) as site:
        yield site


def test_the_site_is_reached_by_tls_alone_and_its_servers_not_at_all(site):
    answer = site.get("/")
    assert answer.status_code == 200
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Server"] == "Caddy"
    with socket.create_connection(("localhost", site.port)) as plain:
        context = ssl.create_default_context(cafile=site.certificate)
        with context.wrap_socket(plain, server_hostname="localhost") as encrypted:
            assert encrypted.version() == "TLSv1.3"

    published = site.compose("port", "proxy", "443")
    assert published.strip() == f"127.0.0.1:{site.port}"
    names = site.compose("ps", "--format", "{{.Service}} {{.Ports}}")
    open_ = {line.split()[0] for line in names.splitlines() if "->" in line}
    assert open_ == {"proxy"}


def test_plain_http_leads_to_https(site):
    address = site.compose("port", "proxy", "80").strip()
    answer = requests.get(
        f"http://{address}/", headers={"Host": "localhost"}, allow_redirects=False
    )

    assert (answer.status_code, answer.headers["Location"]) == (
        308,
        "https://localhost/",
    )


def test_uploads_come_from_the_proxy_and_private_files_do_not(site):
    write = "echo picture > /app/media/a.txt; echo secret > /app/private/b.txt"
    site.compose("exec", "-T", "web-a", "sh", "-c", write)

    shown = site.get("/media/a.txt")
    assert (shown.status_code, shown.text) == (200, "picture\n")
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert site.get("/media/../private/b.txt").status_code == 404
    assert site.get("/private/b.txt").status_code == 404


def test_emails_of_a_rehearsal_are_files_in_its_worker(site):
    site.register("new@example.com")

    eventually(
        lambda: site.wrote_to("new@example.com", "worker"), "no e-mail was written"
    )


def test_containers_write_to_their_volumes_alone_and_hold_no_rights(site):
    for service in ("web-a", "worker", "beat", "postgres", "redis", "backup"):
        inside = ("exec", "-T", service)
        status = site.compose(*inside, "cat", "/proc/1/status")
        assert re.search(r"^CapEff:\t0+$", status, re.MULTILINE), service
        assert re.search(r"^NoNewPrivs:\t1$", status, re.MULTILINE), service
        touched = site.attempt(
            "sh", "deploy/compose.sh", *inside, "touch", "/etc/written"
        )
        assert "Read-only file system" in touched.stderr


def test_a_release_under_load_loses_no_request(site):
    version = site.build_upon("second", "ENV RELEASE=second")

    with Load(site.port, site.certificate) as load:
        released = site.release(version)

    assert released.returncode == 0, released.stderr
    assert site.running() == {version}
    assert load.lost == []
    assert set(load.answers) == {("GET", 200), ("POST", 404)}
    assert min(load.answers.values()) > 100


def test_an_image_that_does_not_come_up_is_taken_back(site):
    [before] = site.running()
    broken = site.build_upon("broken", BROKEN)

    with Load(site.port, site.certificate) as load:
        released = site.release(broken, wait_seconds=15)

    assert released.returncode == 1
    assert "back to " + before in released.stdout
    assert site.running() == {before}
    assert load.lost == []
    settings = (site.project / ".env.rehearsal").read_text("utf-8")
    assert f"IMAGE={before}\n" in settings


def test_a_backup_fills_an_empty_volume(site):
    site.compose("exec", "-T", "web-a", "python", "manage.py", "seed")
    before = site.get("/api/v1/products/").json()
    assert before["results"]
    dump = site.make("backup").split()[-1]
    assert (site.project / dump).stat().st_mode & 0o777 == 0o600

    site.compose("rm", "--force", "--stop", "postgres")
    site.docker("volume", "rm", f"{site.project.name}-rehearsal_postgres")
    site.make("restore", f"FILE={dump}")

    assert site.get("/api/v1/products/").json() == before
    # A file that is no dump changes nothing.
    (site.project / "no.dump").write_text("none")
    assert site.attempt("sh", "deploy/restore.sh", "no.dump").returncode != 0
    assert site.get("/api/v1/products/").json() == before


def test_dumps_are_made_by_themselves_and_the_last_ones_kept(site):
    def dumps() -> list[str]:
        shown = site.compose("exec", "-T", "backup", "ls", "/var/lib/postgresql/data")
        return shown.split()

    assert dumps()
    for day in range(1, 9):
        name = f"/var/lib/postgresql/data/2020-01-0{day}T00-00-00Z.dump"
        site.compose("exec", "-T", "backup", "touch", name)
    site.make("backup")

    assert len(dumps()) == 7
    assert "2020-01-01T00-00-00Z.dump" not in dumps()

    check = ("sh", "deploy/compose.sh", "exec", "-T", "backup", "sh", "/backup.sh")
    assert site.attempt(*check, "check").returncode == 0
    age = "touch --date '2 days ago' /var/lib/postgresql/data/*.dump"
    site.compose("exec", "-T", "backup", "sh", "-c", age)
    assert site.attempt(*check, "check").returncode != 0


@pytest.mark.parametrize(
    ("service", "part"),
    [("redis", "cache"), ("rabbitmq", "broker"), ("postgres", "database")],
)
def test_readiness_names_the_part_that_stopped_and_the_service_returns(
    site, service, part
):
    eventually(site.is_ready, "the site was not ready before")
    site.compose("stop", service)

    eventually(
        lambda: [name for name, state in site.parts().items() if state != "ok"]
        == [part],
        "readiness does not name the part",
    )
    alive = site.get("/health/live/").status_code
    site.compose("start", service)

    assert alive == 200
    eventually(site.is_ready, "the site does not return")


def test_one_web_is_enough_and_what_ends_is_started_again(site):
    with Load(site.port, site.certificate) as load:
        site.compose("stop", "web-a")
        site.compose("start", "web-a")

    # Without deploy/release.sh the proxy learns of it by trying, and what has a body
    # it does not try again.
    assert [loss for loss in load.lost if "GET" in loss] == []
    site.compose("exec", "-T", "web-b", "sh", "-c", "kill -TERM 1")
    container = site.compose("ps", "--all", "--quiet", "web-b").strip()
    shown = ("inspect", "--format", "{{.RestartCount}} {{.State.Health.Status}}")
    eventually(
        lambda: site.docker(*shown, container).strip() == "1 healthy",
        "the web that ended was not started again",
    )


def test_no_secret_is_in_an_image_its_history_its_context_or_a_log(site, tmp_path):
    secrets = site.secrets
    assert len(secrets) == 6
    (site.project / ".env").write_text(f"SECRET_KEY={secrets[0]}\n")

    archive = tmp_path / "image.tar"
    site.docker("image", "save", "--output", str(archive), site.image)
    context = tmp_path / "context"
    (tmp_path / "Dockerfile").write_text("FROM scratch\nCOPY . .\n")
    everything = ("--file", str(tmp_path / "Dockerfile"), "--output", str(context))
    site.docker("build", *everything, ".")
    history = site.docker("history", "--no-trunc", site.image)
    logs = site.compose("logs", "--no-color")
    sent = [path for path in context.rglob("*") if path.is_file()]

    assert (context / "manage.py") in sent and "web-a" in logs
    for secret in secrets:
        assert secret not in history + logs + site.said
        for path in (archive, *sent):
            assert secret.encode() not in path.read_bytes(), path


def test_without_options_the_site_is_smaller_and_serves(
    docker, images, template, tmp_path
):
    off = dict.fromkeys(OPTIONS, False)

    with rehearsal(docker, template, tmp_path, **off) as site:
        assert site.parts() == {"database": "ok", "cache": "ok"}
        assert site.get("/api/docs").status_code == 200
        site.register("new@example.com")
        eventually(
            lambda: site.wrote_to("new@example.com", "web-a", "web-b"),
            "no e-mail was written",
        )
