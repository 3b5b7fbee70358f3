"""Narrowing and ordering lists; what a list does not know is an error, not ignored.

A list that ignores a mistyped parameter answers a question that nobody asked.
"""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from functools import cache

import django_filters
from django import forms
from django.db.models import QuerySet
from django_filters.fields import IsoDateTimeField
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework.exceptions import ValidationError
from rest_framework.filters import BaseFilterBackend
from rest_framework.generics import GenericAPIView


class OrderingFilter(BaseFilterBackend):
    """`?ordering=-price`, by what the view's `ordering_fields` names.

    `ordering_fields` maps each name to its column. `range_ordering` maps parameters
    that cut a range out of a column to the ordering of the result unless another one
    is asked for: one index then finds the rows and brings them in order.
    """

    parameter = "ordering"

    def filter_queryset(self, request, queryset: QuerySet, view) -> QuerySet:
        asked = request.query_params.get(self.parameter)
        if asked is None:
            ranges = getattr(view, "range_ordering", {})
            asked = range_ordering(ranges, request.query_params)
        if asked is None:
            return queryset
        if asked.removeprefix("-") not in view.ordering_fields:
            known = ", ".join(view.ordering_fields)
            raise ValidationError(
                {self.parameter: [f"Order by one of: {known}; with - for descending."]}
            )
        return ordered(queryset, view.ordering_fields, asked)

    def get_schema_operation_parameters(self, view) -> list[dict]:
        names = [f"{sign}{name}" for name in view.ordering_fields for sign in ("", "-")]
        return [
            {
                "name": self.parameter,
                "in": "query",
                "required": False,
                "description": "`-` for descending.",
                "schema": {"type": "string", "enum": names},
            }
        ]


def ordered(queryset: QuerySet, columns: Mapping[str, str], asked: str) -> QuerySet:
    """Order by a name of `columns`, downwards when it has a minus."""
    sign = "-" if asked.startswith("-") else ""
    column = columns[asked.removeprefix("-")]
    # The primary key makes the order total, so that no page repeats a row.
    names = [column] if column == "id" else [column, "id"]
    return queryset.order_by(*(sign + name for name in names))


def range_ordering(ranges: Mapping[str, str], asked: Collection[str]) -> str | None:
    """Return the ordering that the first of these parameters brings with it."""
    return next((ranges[name] for name in ranges if name in asked), None)


class FilterSetBackend(DjangoFilterBackend):
    """Builds the form of a filter set only when the request names one of its filters.

    Most requests do not, and the form costs more than the query.
    """

    def filter_queryset(self, request, queryset: QuerySet, view) -> QuerySet:
        filterset = self.get_filterset_class(view, queryset)
        filters = filterset.base_filters if filterset else {}
        if filters.keys().isdisjoint(request.query_params):
            return queryset
        return super().filter_queryset(request, queryset, view)


class KnownParametersFilter(BaseFilterBackend):
    """Refuses a parameter that neither the filters nor the pages of a view know."""

    def filter_queryset(self, request, queryset: QuerySet, view) -> QuerySet:
        parameters_check(request, known=_known_parameters(view.__class__))
        return queryset


def parameters_check(request, *, known: Collection[str]) -> None:
    """Refuse a query with a parameter that nobody would look at, or without a value.

    Raises:
        ValidationError: naming the first one.
    """
    for name, value in request.query_params.items():
        if name not in known:
            raise ValidationError({name: ["There is no such parameter here."]})
        if not value:
            raise ValidationError({name: ["Give it a value, or leave it out."]})


@cache
def _known_parameters(view_class: type[GenericAPIView]) -> frozenset[str]:
    names = set(getattr(view_class, "extra_parameters", ()))
    if view_class.pagination_class:
        pages = view_class.pagination_class()
        parameters = pages.get_schema_operation_parameters(view_class())
        names |= {parameter["name"] for parameter in parameters}
    if filterset := getattr(view_class, "filterset_class", None):
        names |= set(filterset.base_filters)
    if OrderingFilter in view_class.filter_backends:
        names.add(OrderingFilter.parameter)
    return frozenset(names)


class _BooleanField(forms.TypedChoiceField):
    def __init__(self, **kwargs) -> None:
        choices = [("true", "Yes"), ("false", "No")]
        super().__init__(
            choices=choices, coerce="true".__eq__, empty_value=None, **kwargs
        )


@extend_schema_field(OpenApiTypes.BOOL)
class BooleanFilter(django_filters.Filter):
    """`true` or `false`. The stock one takes any other word for no filter at all."""

    field_class = _BooleanField


class _MomentField(IsoDateTimeField):
    def clean(self, value: str) -> datetime | None:
        try:
            moment = super().clean(value)
            return moment and moment.astimezone(UTC)
        except OverflowError as error:
            raise forms.ValidationError(
                self.error_messages["invalid"], code="invalid"
            ) from error


class MomentFilter(django_filters.IsoDateTimeFilter):
    """A time in ISO 8601. The stock one lets in what is out of range in UTC."""

    field_class = _MomentField
