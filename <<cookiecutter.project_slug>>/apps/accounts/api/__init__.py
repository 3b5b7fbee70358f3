"""REST: accounts under /api/v1/."""
