from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "Look after files of environment variables."
    # A file must be checked before what it names is there.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        check = actions.add_parser(
            "check",
            help="name what is missing, unknown, a placeholder, weak, twice there or "
            "open to others in a file; no value is shown",
        )
        check.add_argument("file", nargs="?", type=Path, default=Path(".env"))
        check.add_argument(
            "--for",
            dest="purpose",
            choices=["local", "test", "production"],
            help="what the file is for (default: as its name says, or its example's, "
            "else local)",
        )
        check.add_argument(
            "--example",
            type=Path,
            help="what to compare it with (default: what its first line says that it "
            "was made from, else FILE.example, else .env.example)",
        )

    def handle(
        self, *, file: Path, purpose: str | None, example: Path | None, **options: Any
    ) -> None:
        files = import_module(settings.ENV_FILES)
        try:
            example = example or files.example_of(file)
            purpose = purpose or files.purpose_of(file, example)
            found = files.faults(file, purpose, example)
        except FileNotFoundError as error:
            reason = f"There is no {error.filename}; `make setup` writes .env."
            raise CommandError(reason) from error
        for fault in found:
            self.stdout.write(f"{file}: {fault}")
        if found:
            raise CommandError(
                f"{len(found)} fault(s) in {file}, compared with {example.name}."
            )
        self.stdout.write(f"{file} is in order, compared with {example.name}.")
