"""Databases for the servers: one small one that the project seeds, larger copies."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import psycopg

SEEDED = 1000
BATCH = 50_000
# Primes, so that numbers one after the other differ in everything.
_MULTIPLY = """
    INSERT INTO catalog_product (
        sku, name, slug, description, price, currency, stock, is_active, image,
        category_id, rating_count, rating_sum, created_at, updated_at
    )
    SELECT 'SEED-' || lpad(n::text, 7, '0'), regexp_replace(name, '[0-9]+$', n::text),
        regexp_replace(slug, '[0-9]+$', n::text),
        regexp_replace(description, '[0-9]+.$', n || '.'),
        (100 + n * 48271 %% 99900) / 100.0, currency, stock, is_active, image,
        category_id, rating_count, rating_sum,
        created_at + n * interval '1 second', updated_at
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) n
    JOIN seeded ON place = n * 7919 %% %(seeded)s
    ORDER BY n"""
_TAG = """
    INSERT INTO catalog_producttag (product_id, tag_id)
    SELECT product.id, tagged.tag_id
    FROM catalog_product product
    JOIN seeded ON place = substr(product.sku, 6)::bigint * 7919 %% %(seeded)s
    JOIN catalog_producttag tagged ON tagged.product_id = seeded.id
    WHERE product.sku BETWEEN 'SEED-' || lpad(%(first)s::text, 7, '0')
        AND 'SEED-' || lpad(%(last)s::text, 7, '0')"""
# Indexes of the tables that grow, but for those that keep a constraint.
_INDEXES = """
    SELECT indexname, indexdef FROM pg_indexes
    WHERE tablename IN ('catalog_product', 'catalog_producttag')
        AND indexname NOT IN (SELECT conname FROM pg_constraint)"""
# Reviews for what the nested GraphQL query reads: the twelve newest products, the
# twelve newest of each one's category, and twelve reviews of each of those.
_REVIEW = """
    WITH newest AS (
        SELECT DISTINCT category_id FROM (
            SELECT category_id FROM catalog_product WHERE is_active
            ORDER BY id DESC LIMIT %(each)s
        ) root
    )
    INSERT INTO catalog_review (
        product_id, author_id, rating, text, created_at, updated_at
    )
    SELECT product.id, author.id, 4, 'As described.', now(), now()
    FROM newest
    CROSS JOIN LATERAL (
        SELECT id FROM catalog_product
        WHERE is_active AND category_id = newest.category_id
        ORDER BY id DESC LIMIT %(each)s
    ) product
    CROSS JOIN (
        SELECT id FROM accounts_user WHERE email LIKE 'reviewer-%%'
    ) author"""
# What stdin says, so that no password stands on a command line.
_MEMBER = """
import json, sys
from django.utils import timezone
from apps.accounts.models import User
from apps.accounts.services import user_role_set
verified = {"email_verified_at": timezone.now()}
user = User.objects.create_user(**json.load(sys.stdin), **verified)
user_role_set(user=user, role="member")
for number in range(12):
    User.objects.create_user(
        email=f"reviewer-{number}@example.com", full_name=f"Reviewer {number}"
    )
"""


class Databases:
    """Makes databases on one server, and drops them all at the end."""

    def __init__(self, server: str, prefix: str) -> None:
        self.server = server.rstrip("/")
        self.prefix = prefix
        self.made: list[str] = []

    def __enter__(self) -> "Databases":
        return self

    def __exit__(self, *error) -> None:
        for name in self.made:
            self._admin(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def url(self, products: int) -> str:
        return f"{self.server}/{self.prefix}_{products}"

    def create(self, products: int, *, template: int | None = None) -> str:
        """Make a database, as a copy of another one where told; return its address."""
        name = f"{self.prefix}_{products}"
        copied = f' TEMPLATE "{self.prefix}_{template}"' if template else ""
        self._admin(f'CREATE DATABASE "{name}"{copied}')
        self.made.append(name)
        return self.url(products)

    def _admin(self, sql: str) -> None:
        address = f"{self.server}/postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(sql)


def version(server: str) -> str:
    with psycopg.connect(f"{server.rstrip('/')}/postgres") as connection:
        [[found]] = connection.execute("SHOW server_version")
    return found.split()[0]


def seed(
    *, python: Path, project: Path, environment: dict[str, str], member: dict[str, str]
) -> None:
    """Migrate, seed SEEDED products as the project does, and add a member."""

    def manage(*arguments: str, **options) -> None:
        command = [str(python), "manage.py", *arguments]
        subprocess.run(
            command,
            cwd=project,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
            **options,
        )

    manage("migrate", "--verbosity=0")
    manage("seed", f"--products={SEEDED}", "--orders=20")
    manage("shell", "--command", _MEMBER, input=json.dumps(member).encode())


def multiply(url: str, *, products: int, progress: Callable[[int], None]) -> None:
    """Bring a seeded database up to this many products, spread as the seed's are."""
    with psycopg.connect(url) as connection:
        connection.execute("SET synchronous_commit = off")
        connection.execute("""
            CREATE TEMPORARY TABLE seeded AS
            SELECT row_number() OVER (ORDER BY id) - 1 AS place, * FROM catalog_product
            """)
        # Built at the end they take a fraction of the time.
        indexes = connection.execute(_INDEXES).fetchall()
        for name, _ in indexes:
            connection.execute(f'DROP INDEX "{name}"')
        for first in range(SEEDED, products, BATCH):
            last = min(first + BATCH, products) - 1
            values = {"first": first, "last": last, "seeded": SEEDED}
            connection.execute(_MULTIPLY, values)
            connection.execute(_TAG, values)
            connection.commit()
            progress(last + 1)
        connection.execute("SET maintenance_work_mem = '512MB'")
        for _, definition in indexes:
            connection.execute(definition)
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE")


def review(url: str) -> None:
    """Give the products that the nested GraphQL query reads twelve reviews each."""
    with psycopg.connect(url) as connection:
        connection.execute(_REVIEW, {"each": 12})
        connection.execute("ANALYZE catalog_review")


def orderable(url: str, *, products: int) -> list[str]:
    """Fill the stock of this many products; return their slugs."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            """
            UPDATE catalog_product SET stock = 1000000 WHERE id IN (
                SELECT id FROM catalog_product WHERE is_active ORDER BY id LIMIT %s
            ) RETURNING slug""",
            [products],
        ).fetchall()
    return [slug for (slug,) in rows]
