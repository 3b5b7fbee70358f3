"""Refuse answers that would make a broken project, before anything is written."""

import json
import os
import re
import sys
import unicodedata
from pathlib import Path
from zoneinfo import available_timezones

ANSWERS = json.loads(r"""<< cookiecutter | tojson >>""")

# Categories of Unicode that are no text: control characters, line and paragraph
# separators, surrogates, code points without a character.
NO_TEXT = {"Cc", "Zl", "Zp", "Cs", "Cn"}
SLUG = re.compile(r"[a-z](-?[a-z0-9])*")
EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@(?=.{1,253}$)[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
GITHUB_OWNER = re.compile(r"[A-Za-z0-9](-?[A-Za-z0-9])*")
DOMAIN_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
DOMAIN = re.compile(rf"{DOMAIN_LABEL}(\.{DOMAIN_LABEL})*")
# Words that Python, Django or this template already use for something else.
RESERVED_SLUGS = {"apps", "config", "django", "test", "tests"}


def text(answer):
    if not answer.strip():
        return "is empty"
    if any(unicodedata.category(character) in NO_TEXT for character in answer):
        return "has a line break or another control character"
    if len(answer) > 200:
        return "is longer than 200 characters"
    return None


def slug(answer):
    if not SLUG.fullmatch(answer) or len(answer) > 50:
        return (
            "is not lower-case letters, digits and single hyphens, "
            "starting with a letter, 50 at most"
        )
    return f"is a reserved word ({answer})" if answer in RESERVED_SLUGS else None


def email(answer):
    return None if EMAIL.fullmatch(answer) else "is not an e-mail address"


def github_owner(answer):
    if not GITHUB_OWNER.fullmatch(answer) or len(answer) > 39:
        return "is not a GitHub user or organisation"
    return None


def domain(answer):
    if not DOMAIN.fullmatch(answer) or len(answer) > 253:
        return "is not a lower-case domain name"
    return None


def timezone(answer):
    return None if answer in available_timezones() else "is not a known time zone"


# answer -> (its validator, an example of a good one)
VALIDATORS = {
    "project_name": (text, "Book Club"),
    "project_slug": (slug, "book-club"),
    "description": (text, "Lends books to neighbours."),
    "author_name": (text, "Ada Lovelace"),
    "author_email": (email, "ada@example.com"),
    "github_owner": (github_owner, "ada-lovelace"),
    "domain_name": (domain, "books.example.com"),
    "timezone": (timezone, "Africa/Nairobi"),
}


def main():
    found = []
    for name, (validate, example) in VALIDATORS.items():
        problem = validate(ANSWERS[name])
        if problem:
            found.append(f"{name}: {problem}. A good answer: {example}")
    if found:
        remove_parents_of(ANSWERS["project_slug"])
        print("\n".join(found), file=sys.stderr)
        sys.exit(1)


def remove_parents_of(folder):
    """Leave nothing behind of a slug with slashes: cookiecutter made every folder of
    that path by now, and will remove the last alone."""
    parents = Path(folder).parent.parts
    if ".." in parents or Path(folder).is_absolute():
        return
    here = Path.cwd()
    os.chdir(here.anchor)
    for path in [here, *here.parents][: len(parents) + 1 if parents else 0]:
        path.rmdir()


main()
