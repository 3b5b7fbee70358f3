"""What every environment shares: the components, put together."""

from django.core.management.utils import get_random_secret_key

from config import env

from .components.apps import *
from .components.auth import *
from .components.cache import *
from .components.database import *
from .components.email import *
from .components.health import *
from .components.i18n import *
from .components.jwt import *
from .components.logging import *
from .components.messages import *
from .components.middleware import *
from .components.observability import *
from .components.openapi import *
from .components.project import *
from .components.rest import *
from .components.security import *
from .components.storage import *

# % if cookiecutter.use_celery
from .components.celery import *
from .components.rates import *

# % endif
# % if cookiecutter.use_graphql
from .components.graphql import *

# % endif
BASE_DIR = env.BASE_DIR
# Random where none is set, so that no known key ever signs anything. `make setup`
# writes a lasting one; production demands its own.
SECRET_KEY = env.SECRET_KEY or get_random_secret_key()
DEBUG = False
# What `manage.py env check` asks: apps know nothing of config.
ENV_FILES = "config.env_file"
