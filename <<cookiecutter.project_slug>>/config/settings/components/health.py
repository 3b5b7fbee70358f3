"""What /health/ready/ asks: a function for each part that the project relies on."""

READINESS_CHECKS = {
    "database": "apps.core.health.check_database",
    "cache": "apps.core.health.check_cache",
}
