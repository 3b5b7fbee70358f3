"""Full text on PostgreSQL, lower-case text on SQLite: one column, one filter.

The database keeps the column itself (`GENERATED ALWAYS AS`), so no writer can forget.
"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import connection, models
from django.db.models import Index, Q

LANGUAGE = "english"


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
