"""`manage.py env check`: what is wrong with a file, by name, without its values."""

import re
from secrets import token_urlsafe

import pytest
from django.core.management import CommandError, call_command

from config import env
from config.env import BASE_DIR
from config.env_file import purpose_of
from scripts.create_env import create_env

EXAMPLE = (BASE_DIR / ".env.example").read_text("utf-8")
PASSWORD = token_urlsafe(24)


@pytest.fixture
def write(tmp_path):
    """Return a function: a good file, these lines changed (None: left out)."""

    def write_file(name: str = ".env", more: str = "", **values: str | None):
        values = {secret: token_urlsafe(48) for secret in env.SECRETS} | values
        text = EXAMPLE
        for variable, value in values.items():
            line = "" if value is None else f"{variable}={value}"
            text = re.sub(f"^{variable}=.*$", line, text, flags=re.MULTILINE)
        path = tmp_path / name
        path.write_text(text + more, "utf-8")
        path.chmod(0o600)
        return path

    return write_file


@pytest.fixture
def faults(capsys):
    """Return a function: the faults of a file, without its name."""

    def check(path, *options: str, example: str = ".env.example") -> list[str]:
        with pytest.raises(CommandError) as raised:
            call_command("env", "check", str(path), *options)
        *lines, empty = capsys.readouterr().out.split("\n")
        assert (
            str(raised.value)
            == f"{len(lines)} fault(s) in {path}, compared with {example}."
        )
        return [line.removeprefix(f"{path}: ") for line in lines]

    return check


def production(**values: str) -> dict[str, str]:
    return {
        **dict.fromkeys(env.REQUIRED_IN_PRODUCTION, "given"),
        **{secret: token_urlsafe(48) for secret in env.SECRETS},
        **values,
    }


def test_a_good_file_has_no_fault(write, capsys):
    path = write()

    call_command("env", "check", str(path))

    assert (
        capsys.readouterr().out == f"{path} is in order, compared with .env.example.\n"
    )


def test_a_good_file_for_production_has_no_fault(write):
    url = f"postgres://app:{PASSWORD}@db:5432/app"

    path = write(".env.production", **production(DATABASE_URL=url))

    call_command("env", "check", str(path))


def test_the_file_of_the_tests_has_no_fault():
    call_command("env", "check", str(BASE_DIR / ".env.test"))


def test_missing(write, faults):
    [fault] = faults(write(CACHE_URL=None))

    assert fault == "CACHE_URL: is missing; copy its line from the example"


def test_empty_in_production(write, faults):
    path = write(**production(EMAIL_URL=""))

    [fault] = faults(path, "--for", "production")

    assert fault == "EMAIL_URL: is empty; production needs it"


def test_unknown(write, faults):
    [fault] = faults(write(more="DATABSE_URL=sqlite:///x\n"))

    assert fault.startswith("DATABSE_URL: nobody reads it")


def test_what_the_image_reads_is_known(write):
    entrypoint = (BASE_DIR / "docker" / "entrypoint.sh").read_text("utf-8")
    names = set(re.findall(r"\${([A-Z_]+):-", entrypoint)) - set(vars(env))
    path = write(more="".join(f"{name}=1\n" for name in names))

    assert names
    call_command("env", "check", str(path))


def test_an_example_of_its_own_names_more(write, tmp_path):
    """As .env.production, which Compose reads as well, has one beside it."""
    path = write(".env.live", more="DOMAIN=example.com\n")
    example = tmp_path / ".env.live.example"
    example.write_text("DOMAIN=\nSECRET_KEY=\n")

    call_command("env", "check", str(path))
    other = path.rename(tmp_path / ".env.other")
    call_command("env", "check", str(other), "--example", str(example))


@pytest.fixture
def rehearsal(tmp_path):
    """As `make .env.rehearsal` writes it, beside both examples."""
    for name in (".env.example", ".env.production.example"):
        (tmp_path / name).write_text((BASE_DIR / name).read_text("utf-8"), "utf-8")
    path = tmp_path / ".env.rehearsal"
    create_env(
        path, tmp_path / ".env.production.example", EMAIL_URL="filemail:///mails"
    )
    return path


def test_a_file_is_compared_with_what_it_was_made_from(rehearsal, capsys):
    call_command("env", "check", str(rehearsal))

    said = capsys.readouterr().out
    assert said == f"{rehearsal} is in order, compared with .env.production.example.\n"


def test_and_is_for_what_that_is_for(rehearsal, faults):
    text = rehearsal.read_text("utf-8")
    rehearsal.write_text(re.sub("^EMAIL_URL=.*$", "EMAIL_URL=", text, flags=re.M))

    [fault] = faults(rehearsal, example=".env.production.example")

    assert fault == "EMAIL_URL: is empty; production needs it"


def test_made_from_an_example_that_is_gone(write, capsys):
    path = write()
    path.write_text(f"# Made from .env.gone.example.\n{path.read_text()}")

    call_command("env", "check", str(path))

    assert (
        capsys.readouterr().out == f"{path} is in order, compared with .env.example.\n"
    )


@pytest.mark.parametrize("value", ["change-me", f"only-for-tests-{'0123456789' * 5}"])
def test_placeholder(write, faults, value):
    [fault] = faults(write(SECRET_KEY=value))

    assert fault.startswith("SECRET_KEY: is a placeholder")


@pytest.mark.parametrize("value", ["aZ3-kd9_Qw7xT1vR", "a" * 64, "password" * 5])
def test_weak_secret(write, faults, value):
    [fault] = faults(write(JWT_SIGNING_KEY=value))

    assert fault.startswith("JWT_SIGNING_KEY: is easy to guess")
    assert value not in fault


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DJANGO_SUPERUSER_PASSWORD", "letmein123"),
        ("DATABASE_URL", "postgres://app:postgres@db:5432/app"),
    ],
)
def test_weak_password_in_production(write, faults, name, value):
    path = write(".env.production", **production(**{name: value}))

    [fault] = faults(path)

    assert fault.startswith(f"{name}: its password is easy to guess")


def test_a_local_database_may_have_a_simple_password(write):
    path = write(DATABASE_URL="postgres://app:app@localhost:5432/app")

    call_command("env", "check", str(path))


def test_twice(write, faults):
    [fault] = faults(write(more="LOG_LEVEL=DEBUG\n"))

    assert fault == "LOG_LEVEL: stands there 2 times; keep one line"


def test_no_assignment(write, faults, caplog):
    path = write(more="SECRET_KEY = s3cret\n")

    [fault] = faults(path)

    assert fault.startswith(f"line {len(path.read_text().splitlines())}: is no NAME=")
    assert "s3cret" not in caplog.text


@pytest.mark.parametrize("mode", [0o640, 0o604])
def test_open_to_others(write, faults, mode):
    path = write()
    path.chmod(mode)

    [fault] = faults(path)

    assert fault == f"the file: others can read it; run chmod 600 {path}"


def test_no_value_is_shown(write, faults):
    secret = "s3cret"
    path = write(more=f"UNKNOWN={secret}\n{secret}\n", SECRET_KEY=secret)
    path.chmod(0o644)

    assert secret not in "".join(faults(path))


def test_no_file(tmp_path):
    with pytest.raises(CommandError, match="make setup"):
        call_command("env", "check", str(tmp_path / ".env"))


@pytest.mark.parametrize(
    ("name", "example", "purpose"),
    [
        (".env", ".env.example", "local"),
        (".env.test", ".env.production.example", "test"),
        (".env.production", ".env.example", "production"),
        (".env.rehearsal", ".env.production.example", "production"),
    ],
)
def test_the_name_or_the_example_says_what_a_file_is_for(
    tmp_path, name, example, purpose
):
    assert purpose_of(tmp_path / name, tmp_path / example) == purpose
