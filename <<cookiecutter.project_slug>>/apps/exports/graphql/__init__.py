"""GraphQL: the exports' part of the schema."""
