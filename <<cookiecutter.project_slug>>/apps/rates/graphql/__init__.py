"""GraphQL: the part of the schema for exchange rates."""
