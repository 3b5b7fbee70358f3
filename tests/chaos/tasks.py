from apps.background.base import service_task

from . import services

effect_make = service_task(services.effect_make)
poison_take = service_task(services.poison_take)
hour_wait = service_task(services.hour_wait, soft_time_limit=1, time_limit=3)
