"""REST: exports under /api/."""
