"""Redis when CACHE_URL names it, this process's memory otherwise."""

from config import env

# The memory of this process: what throttles count in while Redis is down.
_PROCESS = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}

if env.CACHE_URL:
    _REDIS = {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": env.CACHE_URL,
        "KEY_PREFIX": "<< cookiecutter.project_slug >>",
    }
    _CONNECTIONS = {
        "CONNECTION_POOL_CLASS": "apps.core.redis_pool.ConnectionPool",
        "SOCKET_CONNECT_TIMEOUT": 1,
        "SOCKET_TIMEOUT": 1,
    }
    CACHES = {
        # A cache that is down makes the project slower, never unavailable ...
        "default": {**_REDIS, "OPTIONS": {**_CONNECTIONS, "IGNORE_EXCEPTIONS": True}},
        # ... but whoever counts must learn of it, or every limit would open.
        "throttle": {**_REDIS, "OPTIONS": _CONNECTIONS},
        "process": _PROCESS,
    }
    DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True
else:
    CACHES = {"default": _PROCESS, "throttle": _PROCESS, "process": _PROCESS}

READ_CACHE_SECONDS = env.READ_CACHE_SECONDS
