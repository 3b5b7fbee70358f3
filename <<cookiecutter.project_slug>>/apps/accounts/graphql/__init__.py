"""GraphQL: accounts' part of the schema."""
