"""Full text on PostgreSQL, lower-case text on SQLite: one column, one filter.

The database keeps the column itself (`GENERATED ALWAYS AS`), so no writer can forget.
"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import connection, models
from django.db.models import Index, Q

LANGUAGE = "english"
# A thousand rows or so, from pages of 8 kB that are picked at random: where this many
# match, others do. All in one query, which looks no further when they do.
_SAMPLED_BYTES = 50 * 8192
_COMMON = 3
_FEW = """
    SELECT CASE WHEN (
        SELECT count(*) FROM {table}
        TABLESAMPLE SYSTEM (
            least(100, 100.0 * %(sampled)s / greatest(1, pg_relation_size('{table}')))
        )
        WHERE search @@ websearch_to_tsquery(%(language)s::regconfig, %(text)s)
    ) < %(common)s THEN ARRAY(
        SELECT id FROM {table}
        WHERE search @@ websearch_to_tsquery(%(language)s::regconfig, %(text)s)
        LIMIT %(limit)s
    ) END"""


class SearchDocument(models.Func):
    """The text of several columns, as the search of the database wants it."""

    template = "lower(%(expressions)s)"
    arg_joiner = " || ' ' || "

    def as_postgresql(self, compiler, connection, **extra):
        template = f"to_tsvector('{LANGUAGE}', %(expressions)s)"
        return self.as_sql(compiler, connection, template=template, **extra)


class SearchField(SearchVectorField):
    def db_type(self, connection) -> str:
        return "tsvector" if connection.vendor == "postgresql" else "text"


class SearchIndex(GinIndex):
    """GIN on PostgreSQL, an ordinary index where there is no GIN."""

    def create_sql(self, model, schema_editor, using="", **kwargs):
        if schema_editor.connection.vendor == "postgresql":
            return super().create_sql(model, schema_editor, **kwargs)
        return Index.create_sql(self, model, schema_editor, **kwargs)


def search_matches(text: str) -> Q:
    """Return the condition for rows that hold these words.

    On PostgreSQL `text` may quote phrases, say `or`, and exclude with `-`; elsewhere
    every word has to be in the text as it stands.
    """
    if connection.vendor == "postgresql":
        query = SearchQuery(text, config=LANGUAGE, search_type="websearch")
        return Q(search=query)
    condition = Q()
    for word in text.lower().split():
        condition &= Q(search__contains=word)
    return condition


def search_few(model: type[models.Model], text: str, *, most: int) -> list[int] | None:
    """Return the ids of the rows that hold these words; None if they look like more."""
    if connection.vendor == "postgresql":
        found = _sampled(model._meta.db_table, text, limit=most + 1)
    else:
        rows = model._default_manager.filter(search_matches(text)).order_by()
        found = list(rows.values_list("pk", flat=True)[: most + 1])
    return found if found is not None and len(found) <= most else None


def _sampled(table: str, text: str, *, limit: int) -> list[int] | None:
    values: dict[str, int | str] = {
        "sampled": _SAMPLED_BYTES,
        "common": _COMMON,
        "language": LANGUAGE,
        "text": text,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FEW.format(table=connection.ops.quote_name(table)), values)
        [[found]] = cursor.fetchall()
    return found
