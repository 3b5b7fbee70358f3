"""Installed applications and the modules Django starts from."""

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "rest_framework_simplejwt.token_blacklist",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "drf_standardized_errors",
    "corsheaders",
    "csp",
    "axes",
    "rules",
    "django_structlog",
    # % if cookiecutter.use_graphql
    "graphene_django",
    # % endif
    # % if cookiecutter.use_celery
    "django_celery_beat",
    "apps.background",
    # % endif
    "apps.core",
    "apps.accounts",
    # % if cookiecutter.use_example
    "apps.catalog",
    "apps.orders",
    # % endif
    # % if cookiecutter.use_celery and cookiecutter.use_example
    "apps.exports",
    # % endif
    # % if cookiecutter.use_celery
    "apps.rates",
    "apps.digest",
    # % endif
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEST_RUNNER = "config.test_runner.PytestTestRunner"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
