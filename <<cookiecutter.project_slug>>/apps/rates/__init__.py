"""Exchange rates, kept in step with somebody else's API."""
