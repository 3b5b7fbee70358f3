"""The way every request takes, in order."""

MIDDLEWARE = [
    # First, so that every answer and every log line carries the id.
    "apps.core.middleware.RequestIDMiddleware",
    "apps.core.middleware.NoStoreMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "apps.core.middleware.WellFormedRequestMiddleware",
    "apps.core.page_middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "apps.core.page_middleware.AuthenticationMiddleware",
    "apps.core.page_middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "apps.core.page_middleware.CSPMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    # Last, as django-axes asks: it answers for a log-in that was locked out.
    "axes.middleware.AxesMiddleware",
]
