from .models import Effect


def effect_make(*, number: int) -> None:
    Effect.objects.create(number=number)
