"""Development: runs with no environment at all, and tells everything it knows."""

from .base import *
from .base import CORS_ALLOWED_ORIGINS, logging_config

DEBUG = True
# % if cookiecutter.use_graphql
GRAPHQL_PLAYGROUND = GRAPHQL_INTROSPECTION = True
# % endif
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
# Where frontend tool chains serve from while one develops.
CORS_ALLOWED_ORIGINS = [
    *CORS_ALLOWED_ORIGINS,
    "http://localhost:3000",
    "http://localhost:5173",
]
LOGGING = logging_config("console")
