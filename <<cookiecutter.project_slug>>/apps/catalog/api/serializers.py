"""What the catalog's endpoints take and give."""

from rest_framework import serializers

from ..models import Category


class CategoryInput(serializers.Serializer):
    name = serializers.CharField(max_length=100)


class CategoryOutput(serializers.ModelSerializer):
    class Meta:
        model = Category
        fields = ["slug", "name"]
