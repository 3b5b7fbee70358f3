"""GraphQL: how deep a query may go, and whether it may ask for the schema."""

GRAPHENE = {"SCHEMA": "config.graphql.schema"}
GRAPHQL_MAX_DEPTH = 10
GRAPHQL_INTROSPECTION = False
