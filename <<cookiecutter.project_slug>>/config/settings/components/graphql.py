"""GraphQL: how much one request may ask for, and whether it may ask for the schema."""

from config import env

TOKEN_URLS_REGEX = CORS_URLS_REGEX = r"^/(api/|graphql$)"
GRAPHENE = {"SCHEMA": "config.graphql.schema"}

# A page in a page in a page, at two levels each, and what stands in the last one.
GRAPHQL_MAX_DEPTH = 12
# Fields, each as often as the pages around it have rows: about half a second's work.
GRAPHQL_MAX_COST = 20_000
# What tools ask for when they read the schema takes a fifth of it.
GRAPHQL_MAX_TOKENS = 1_000
GRAPHQL_MAX_CHARACTERS = 50_000
GRAPHQL_MAX_ALIASES = 30
# Operations in a JSON list; each of them counts as a request.
GRAPHQL_MAX_BATCH = 5
GRAPHQL_TIMEOUT_SECONDS = 5

# GraphiQL at GET /graphql. It reads the schema, so that anyone else can as well.
GRAPHQL_PLAYGROUND = env.GRAPHQL_PLAYGROUND
GRAPHQL_INTROSPECTION = GRAPHQL_PLAYGROUND
