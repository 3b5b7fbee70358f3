"""Language and time: stored in UTC, shown in TIME_ZONE."""

from config import env

LANGUAGE_CODE = "en-us"
TIME_ZONE = env.TIME_ZONE
USE_I18N = True
USE_TZ = True
