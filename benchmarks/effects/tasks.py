"""The work as the baked project's tasks do it."""

from apps.background.base import service_task

from . import services

effect_make = service_task(services.effect_make)
