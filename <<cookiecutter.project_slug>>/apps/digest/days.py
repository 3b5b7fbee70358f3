"""Days as people mean them: in TIME_ZONE, from midnight to midnight."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def yesterday() -> date:
    return timezone.localdate(timezone=timezone.get_default_timezone()) - timedelta(1)


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """Return the first moment of a day and that of the next one.

    They are 23 or 25 hours apart when the clocks are changed in between.
    """
    zone = timezone.get_default_timezone()
    midnight = datetime.combine(day, time.min, zone)
    return midnight, datetime.combine(day + timedelta(1), time.min, zone)
