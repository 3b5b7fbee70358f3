"""Asking for exports, and calling them off."""

import graphene

from apps.core.graphql.mutations import Mutation as BaseMutation

from .. import services
from ..api import serializers
from .types import ExportType


class StartExport(BaseMutation):
    """Ask for a CSV file of the orders that one may see."""

    throttle_scope = "exports"

    export = graphene.Field(ExportType)

    class Meta:
        serializer = serializers.ExportInput

    @classmethod
    def perform(cls, info, data: dict) -> dict:
        export = services.export_start(owner=info.context.user, filters=data)
        return {"export": ExportType.read_one(info, str(export.pk))}


class CancelExport(BaseMutation):
    """Call it off, as long as it is not over."""

    export = graphene.Field(ExportType)

    class Input:
        id = graphene.ID(required=True)

    @classmethod
    def perform(cls, info, data: dict, id: str) -> dict:
        key = ExportType.key_of(id)
        services.export_cancel(export_id=key, owner=info.context.user)
        return {"export": ExportType.read_one(info, str(key))}


class Mutation(graphene.ObjectType):
    start_export = StartExport.Field()
    cancel_export = CancelExport.Field()
