"""Settings of the Django peers: what `startproject` gives, and what each peer says.

The environment says which peer (PEER, a module beside this one) and how it keeps its
connections (CONN_MAX_AGE in seconds, or POOL for how many a process may hold).
"""

import os

import environ

SECRET_KEY = os.environ["SECRET_KEY"]
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = f"benchmarks.peers.{os.environ['PEER']}"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_URL = "media/"
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "django_filters",
    "apps.accounts",
    "apps.catalog",
    "apps.orders",
    "benchmarks.effects",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
if os.environ["PEER"] == "bare":
    MIDDLEWARE = []

DATABASES = {"default": environ.Env.db_url_config(os.environ["DATABASE_URL"])}
if pool := os.environ.get("POOL"):
    DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": int(pool)}}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = int(os.environ["CONN_MAX_AGE"])

AUTH_USER_MODEL = "accounts.User"
# As in the baked project, or the passwords in its table could not be checked.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
SIMPLE_JWT = {"SIGNING_KEY": os.environ["JWT_SIGNING_KEY"]}
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework_simplejwt.authentication.JWTAuthentication"
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_FILTER_BACKENDS": [
        "django_filters.rest_framework.DjangoFilterBackend",
        "rest_framework.filters.SearchFilter",
        "rest_framework.filters.OrderingFilter",
    ],
}
