"""E-mail through EMAIL_URL, or printed on the console without one."""

import environ

from config import env

_mail = environ.Env.email_url_config(env.EMAIL_URL or "consolemail://")

EMAIL_BACKEND = "apps.core.mail.BackgroundEmailBackend"
EMAIL_DELIVERY_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST = _mail.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_FILE_PATH = _mail.get("EMAIL_FILE_PATH")
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.DEFAULT_FROM_EMAIL
SERVER_EMAIL = env.DEFAULT_FROM_EMAIL

# Where the links in e-mails lead: the frontend that calls this API.
FRONTEND_URL = (env.FRONTEND_URL or "http://localhost:3000").rstrip("/")
