"""`manage.py test` runs the one suite there is, with pytest."""

import pytest


class PytestTestRunner:
    """Django's runner interface over pytest, whose options stand in pyproject.toml."""

    def __init__(self, verbosity=1, failfast=False, keepdb=False, **options) -> None:
        self.arguments = []
        if verbosity != 1:
            self.arguments.append(f"--verbosity={verbosity - 1}")
        if failfast:
            self.arguments.append("--exitfirst")
        if keepdb:
            self.arguments.append("--reuse-db")

    @classmethod
    def add_arguments(cls, parser) -> None:
        parser.add_argument("--keepdb", action="store_true", help="Keep the database.")

    def run_tests(self, test_labels: list[str], **kwargs) -> int:
        """Run the given paths or node ids, or everything; return pytest's exit code."""
        return pytest.main([*self.arguments, *test_labels])
