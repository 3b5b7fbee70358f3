"""Exchange rates: whom `apps.rates` asks for them. Empty: nobody."""

from config import env

RATES_URL = env.RATES_URL
