"""The baked project's production settings, with rates that a load test cannot reach.

Callers are counted as ever, so that the limits cost what they cost.
"""

from config.settings.production import *  # noqa: F401,F403
from config.settings.production import INSTALLED_APPS, REST_FRAMEWORK

# What background work is measured with.
INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks.effects"]

REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] = dict.fromkeys(
    REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"], "1000000000/min"
)
