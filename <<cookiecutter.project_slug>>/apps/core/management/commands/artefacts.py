import json
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.core.artefacts import files
from apps.core.artefacts.openapi import VERSIONS

# % if cookiecutter.use_graphql
from ...artefacts import graphql

# % endif
KINDS = [
    "schema",
    # % if cookiecutter.use_graphql
    "graphql",
    # % endif
    "postman",
    "erd",
]

NO_GRAPHVIZ = (
    "There is no SVG: install Graphviz (apt-get install graphviz, "
    "brew install graphviz) and run this again."
)


class Command(BaseCommand):
    help = "Write what people read into docs/: ER diagram, schemas, Postman."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", nargs="+", choices=KINDS)
        parser.add_argument("--into", type=Path, default=settings.BASE_DIR)

    def handle(self, *, kind: list[str], into: Path, **options) -> None:
        self.into = into
        for one in kind:
            getattr(self, f"_{one}")()

    def _schema(self) -> None:
        for version in VERSIONS:
            path = files.openapi_path(version)
            call_command(
                "spectacular",
                api_version=version,
                file=str(self._target(path)),
                validate=True,
                fail_on_warn=True,
            )
            self.stdout.write(path)

    # % if cookiecutter.use_graphql
    def _graphql(self) -> None:
        self._write(graphql.PATH, graphql.text())

    # % endif
    def _postman(self) -> None:
        for path in files.POSTMAN:
            data = files.postman_data(path)
            self._write(path, json.dumps(data, indent=2, ensure_ascii=False) + "\n")

    def _erd(self) -> None:
        self._write(files.ERD_PAGE, files.erd_page())
        try:
            drawing = files.erd_drawing()
        except FileNotFoundError as error:
            raise CommandError(NO_GRAPHVIZ) from error
        self._write(files.ERD_DRAWING, drawing)

    def _write(self, path: str, text: str) -> None:
        self._target(path).write_text(text, "utf-8")
        self.stdout.write(path)

    def _target(self, path: str) -> Path:
        target = self.into / path
        target.parent.mkdir(parents=True, exist_ok=True)
        return target
