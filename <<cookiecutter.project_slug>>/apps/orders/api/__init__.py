"""REST: orders under /api/."""
