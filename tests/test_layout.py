"""What a bake holds: exactly the files of what was asked for, and nothing of ours."""

import re

import pytest

from .template import OPTIONS, PROJECT, bake, features, label, tracked_files

# Of others: what they are made of is no trace of ours.
VENDORED = "apps/core/static/graphiql/"
LEFTOVER = re.compile(r"<<|<%|<#|# %|cookiecutter", re.IGNORECASE)
# Words that give an optional feature away, in a file's name or text.
TRACES = {
    "use_graphql": re.compile(r"graphql|graphene", re.IGNORECASE),
    "use_celery": re.compile(
        r"celery|kombu|amqp|rabbitmq|outboxmessage|apps\.background", re.IGNORECASE
    ),
    "use_example": re.compile(r"catalog|categor(y|ies)", re.IGNORECASE),
}


def files(project) -> set[str]:
    return {
        path.relative_to(project).as_posix()
        for path in project.rglob("*")
        if path.is_file()
    }


def written(project) -> set[str]:
    """The files that are ours."""
    return {name for name in files(project) if not name.startswith(VENDORED)}


def belongs_to(name: str, path: str) -> bool:
    return name == path or name.startswith(f"{path}/")


def test_exactly_the_files_of_the_combination(project, combination):
    prefix = f"{PROJECT}/"
    every = {
        name.removeprefix(prefix) for name in tracked_files() if name.startswith(prefix)
    }
    gone = {
        name
        for feature, paths in features().items()
        if not combination[feature]
        for path in paths
        for name in every
        if belongs_to(name, path)
    }

    assert files(project) == every - gone


def test_files_of_others_are_baked_as_they_are(template, project, combination):
    if combination["use_graphql"]:
        for path in (project / VENDORED).iterdir():
            assert (
                path.read_bytes()
                == (template / PROJECT / VENDORED / path.name).read_bytes()
            )


def test_no_empty_folder_is_left(project):
    folders = [path for path in project.rglob("*") if path.is_dir()]

    assert all(any(folder.iterdir()) for folder in folders)


def test_nothing_of_the_template_is_left(project):
    for name in written(project):
        assert not LEFTOVER.search((project / name).read_text("utf-8")), name


@pytest.mark.parametrize("option", OPTIONS)
def test_an_option_that_is_off_leaves_no_trace(project, combination, option):
    if combination[option]:
        return
    for name in written(project):
        text = name + (project / name).read_text("utf-8")
        assert not TRACES[option].search(text), name


def test_the_table_of_features_names_real_paths_only():
    sources = [name.removeprefix(f"{PROJECT}/") for name in tracked_files()]

    assert set(features()) == set(OPTIONS)
    for paths in features().values():
        for path in paths:
            assert any(belongs_to(name, path) for name in sources), path


def test_baking_twice_gives_the_same_bytes(template, tmp_path):
    first, second = (bake(template, tmp_path / name) for name in ("a", "b"))

    assert files(first) == files(second)
    for name in files(first):
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_labels_tell_combinations_apart(combination):
    assert label(combination).count("+") == max(0, sum(combination.values()) - 1)


def test_the_last_words_say_what_to_run(template, tmp_path, capfd):
    bake(template, tmp_path)

    *_, folder, setup, serve = capfd.readouterr().out.splitlines()
    assert [line.split()[:2] for line in (folder, setup, serve)] == [
        ["cd", "project-nexus"],
        ["make", "setup"],
        ["make", "run"],
    ]
