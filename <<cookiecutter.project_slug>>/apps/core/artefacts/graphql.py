"""The GraphQL schema as text, in the order of the alphabet: changes show as changes."""

from graphene_django.settings import graphene_settings
from graphql import lexicographic_sort_schema, print_schema

PATH = "docs/api/schema.graphql"


def text() -> str:
    schema = graphene_settings.SCHEMA.graphql_schema
    return print_schema(lexicographic_sort_schema(schema)) + "\n"
