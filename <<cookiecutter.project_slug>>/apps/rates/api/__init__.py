"""REST: exchange rates under /api/v1/."""
