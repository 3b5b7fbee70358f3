"""The base of mutations: REST's serializers and permissions, and typed errors.

    class CreateReview(Mutation):
        review = graphene.Field(ReviewType)

        class Meta:
            serializer = ReviewInput

        class Input:
            product = graphene.ID(required=True)

        @classmethod
        def perform(cls, info, data, product):
            review = services.review_create(..., **data)
            return {"review": ...}

What the caller did wrong is in the payload's `errors`, and nothing else is in the
payload then; codes and messages are those of REST. What is not the caller's fault, and
a rate that is used up, is an error of the whole answer.
"""

from collections.abc import Callable, Sequence
from typing import ClassVar, cast

import graphene
from drf_standardized_errors.formatter import flatten_errors
from drf_standardized_errors.types import ExceptionHandlerContext
from graphene.relay import ClientIDMutation
from graphene.utils.str_converters import to_camel_case
from rest_framework.exceptions import APIException
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.serializers import Serializer
from rest_framework.settings import api_settings

from apps.core.errors import InvalidInput
from apps.core.exception_handler import ProjectExceptionHandler
from apps.core.serializers import validated_data

from .fields import input_fields, plain
from .permissions import permissions_check
from .throttling import throttle

_GENERAL = api_settings.NON_FIELD_ERRORS_KEY


class FieldErrorType(graphene.ObjectType):
    name = graphene.String(required=True, description="Dots lead into the input.")
    messages = graphene.List(graphene.NonNull(graphene.String), required=True)

    class Meta:
        name = "FieldError"


class MutationErrorType(graphene.ObjectType):
    """Why a mutation did nothing."""

    code = graphene.String(required=True, description="One word for a program.")
    message = graphene.String(required=True, description="A sentence for a person.")
    fields = graphene.List(
        graphene.NonNull(FieldErrorType),
        required=True,
        description="Which parts of the input it is about.",
    )

    class Meta:
        name = "MutationError"


class Mutation(ClientIDMutation):
    """Closed by default: whoever is not logged in may not.

    A subclass says in `perform(cls, info, data, **arguments)` how it is done, and
    returns the payload's fields. `Meta.serializer` checks the input that has its names
    and hands it over as `data`; with `Meta.partial` any part of it will do. The rest of
    `Input` comes as arguments.
    """

    perform: ClassVar[Callable[..., dict]]

    permission_classes: Sequence[type[BasePermission]] = [IsAuthenticated]
    throttle_scope: str | None = None

    errors = graphene.List(graphene.NonNull(MutationErrorType), required=True)

    class Meta:
        abstract = True

    @classmethod
    def __init_subclass_with_meta__(
        cls,
        serializer: type[Serializer] = Serializer,
        partial: bool = False,
        **options,
    ) -> None:
        cls.serializer, cls.partial = serializer, partial
        cls.names = set(serializer().fields)
        fields = input_fields(serializer, partial=partial)
        super().__init_subclass_with_meta__(input_fields=fields, **options)

    @classmethod
    def mutate_and_get_payload(cls, root, info, client_mutation_id=None, **arguments):
        try:
            permissions_check(info, cls.permission_classes)
            if cls.throttle_scope:
                throttle(info, cls.throttle_scope)
            return cls(errors=[], **cls._performed(info, plain(arguments)))
        except Exception as error:
            return cls(errors=_errors(error))

    @classmethod
    def _performed(cls, info, arguments: dict) -> dict:
        given = {name: arguments.pop(name) for name in cls.names & arguments.keys()}
        data = validated_data(cls.serializer, given, partial=cls.partial)
        return cls.perform(info, data, **arguments)


def unconditional() -> None:
    """The precondition of services: If-Match is HTTP's, and has no like here."""


def _errors(error: Exception) -> list[dict]:
    """Return the caller's faults; raise anything else again."""
    # It has no part in the conversion.
    context = cast(ExceptionHandlerContext, {})
    known = ProjectExceptionHandler(error, context).convert_known_exceptions(error)
    if not isinstance(known, APIException) or known.status_code >= 429:
        raise error
    found: dict[tuple, dict] = {}
    for one in flatten_errors(known.detail):
        if one.attr in (None, _GENERAL):
            found[one.code, one.detail] = _described(one.code, one.detail)
        else:
            message = InvalidInput.default_message
            general = found.setdefault((one.code,), _described(one.code, message))
            name = to_camel_case(one.attr.removesuffix(f".{_GENERAL}"))
            _field(general, name)["messages"].append(one.detail)
    return list(found.values())


def _described(code: str, message: str) -> dict:
    return {"code": code, "message": message, "fields": []}


def _field(error: dict, name: str) -> dict:
    for field in error["fields"]:
        if field["name"] == name:
            return field
    error["fields"].append({"name": name, "messages": []})
    return error["fields"][-1]
