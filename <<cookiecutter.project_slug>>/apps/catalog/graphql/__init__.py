"""GraphQL: the catalog's part of the schema."""
