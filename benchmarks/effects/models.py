from django.db import models


class Effect(models.Model):
    """What a task leaves behind. Nothing keeps a number from being there twice."""

    number = models.IntegerField()

    class Meta:
        app_label = "effects"
