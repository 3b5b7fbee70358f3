"""The environment: what is read, what is documented, what is refused."""

import ast
import re
import stat

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env
from config.env import BASE_DIR
from scripts.create_env import create_env

VARIABLE = re.compile(r"^([A-Z_]+)=", re.MULTILINE)

# Git has them, so they sign nothing in production.
PUBLIC_SECRETS = re.findall(
    r"^\w+_KEY=(.+)$", (BASE_DIR / ".env.test").read_text("utf-8"), re.MULTILINE
)


def documented(name: str) -> list[str]:
    return VARIABLE.findall((BASE_DIR / name).read_text("utf-8"))


def read_by_config_env() -> list[str]:
    """The first argument of every `_env.<type>(NAME, ...)` call."""
    tree = ast.parse((BASE_DIR / "config" / "env.py").read_text("utf-8"))
    return [
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and getattr(node.func.value, "id", "") == "_env"
        and isinstance(node.args[0], ast.Constant)
    ]


def test_every_variable_is_documented_and_nothing_else():
    assert sorted(documented(".env.example")) == sorted(read_by_config_env())


def test_constants_carry_the_names_of_their_variables():
    assert all(hasattr(env, name) for name in read_by_config_env())


def test_test_environment_knows_no_variable_of_its_own():
    assert set(documented(".env.test")) <= set(read_by_config_env())


def test_created_env_has_fresh_secrets_for_its_owner_alone(tmp_path):
    example = (BASE_DIR / ".env.example").read_text("utf-8")
    written = []
    for folder in (tmp_path / "a", tmp_path / "b"):
        folder.mkdir()
        (folder / ".env.example").write_text(example, "utf-8")
        assert create_env(folder / ".env", folder / ".env.example")
        written.append((folder / ".env").read_text("utf-8"))
        assert stat.S_IMODE((folder / ".env").stat().st_mode) == 0o600

    assert "change-me" not in re.sub("#.*", "", written[0])
    assert written[0] != written[1]


def test_an_existing_env_is_left_alone(tmp_path):
    (tmp_path / "example").write_text("SECRET_KEY=change-me\n", "utf-8")
    (tmp_path / ".env").write_text("SECRET_KEY=mine\n", "utf-8")

    assert not create_env(tmp_path / ".env", tmp_path / "example")
    assert (tmp_path / ".env").read_text("utf-8") == "SECRET_KEY=mine\n"


def test_given_values_take_the_place_of_those_of_the_example(tmp_path):
    (tmp_path / "example").write_text("# A=1\nA=1\nB=change-me\nC=\n", "utf-8")

    create_env(tmp_path / ".env", tmp_path / "example", A="a=b", B="mine", C="c")
    written = (tmp_path / ".env").read_text("utf-8")
    assert written == "# Made from example.\n# A=1\nA=a=b\nB=mine\nC=c\n"

    with pytest.raises(KeyError, match="TYPO"):
        create_env(tmp_path / "other", tmp_path / "example", TYPO="1")


def test_production_settings_are_those_of_the_project_and_of_its_compose_file():
    compose = "".join(
        (BASE_DIR / name).read_text("utf-8")
        for name in ("compose.production.yaml", "deploy/service.yaml")
    )
    asked = {*re.findall(r"\$\{([A-Z_]+)", compose)} - {"ENV_FILE"}
    written = {*documented(".env.production.example")} - {"COMPOSE_PROJECT_NAME"}

    assert asked <= written <= asked | set(read_by_config_env())


def test_require_names_everything_that_is_missing(monkeypatch):
    monkeypatch.setattr(env, "EMAIL_URL", "")
    monkeypatch.setattr(env, "SECRET_KEY", "change-me")

    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY, EMAIL_URL"):
        env.require("SECRET_KEY", "EMAIL_URL", "TIME_ZONE")


@pytest.mark.parametrize("name", ["SECRET_KEY", "JWT_SIGNING_KEY"])
@pytest.mark.parametrize("value", [*PUBLIC_SECRETS, "x" * 31])
def test_require_refuses_secrets_that_are_public_or_short(monkeypatch, name, value):
    monkeypatch.setattr(env, name, value)

    with pytest.raises(ImproperlyConfigured, match=name):
        env.require(name)


def test_require_takes_what_create_env_writes(monkeypatch, tmp_path):
    (tmp_path / "example").write_text("SECRET_KEY=change-me\n", "utf-8")
    create_env(tmp_path / ".env", tmp_path / "example")
    [written] = re.findall("=(.+)", (tmp_path / ".env").read_text("utf-8"))
    monkeypatch.setattr(env, "SECRET_KEY", written)

    env.require("SECRET_KEY")


def test_require_lets_an_image_build_pass(monkeypatch):
    monkeypatch.setattr(env, "EMAIL_URL", "")
    monkeypatch.setattr("sys.argv", ["manage.py", "collectstatic"])

    env.require("EMAIL_URL")
