"""PostgreSQL when DATABASE_URL names it, SQLite in a file otherwise."""

import environ

from config import env

DATABASES = {
    "default": environ.Env.db_url_config(
        env.DATABASE_URL or f"sqlite:///{env.BASE_DIR / 'db.sqlite3'}"
    )
}

# In seconds, for what serves requests: apps/core/database.py.
DATABASE_STATEMENT_TIMEOUT = env.DATABASE_STATEMENT_TIMEOUT

_default = DATABASES["default"]
if _default["ENGINE"] == "django.db.backends.postgresql":
    _default["ENGINE"] = "apps.core.postgresql"
    # Reusing connections is the largest single gain a Django service can have.
    _default.setdefault("OPTIONS", {})["pool"] = {
        "min_size": 1,
        "max_size": env.DATABASE_POOL_MAX_SIZE,
        "timeout": 10,
    }
else:
    # Writers wait for each other instead of failing with "database is locked".
    _default["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
    }
