"""REST: the catalog under /api/v1/."""
