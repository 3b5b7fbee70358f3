"""GraphQL: the orders' part of the schema."""
