"""REST: the catalog under /api/."""
