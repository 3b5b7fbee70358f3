"""GraphQL: how deep a query may go, and whether it may ask for the schema."""

CORS_URLS_REGEX = r"^/(api/|graphql$)"
GRAPHENE = {"SCHEMA": "config.graphql.schema"}
GRAPHQL_MAX_DEPTH = 10
GRAPHQL_INTROSPECTION = False
