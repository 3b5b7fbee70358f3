"""What GraphQL reads of exports."""

import graphene
from rest_framework.permissions import IsAuthenticated

from apps.core.graphql.connections import ConnectionField, page
from apps.core.graphql.permissions import permissions_check

from .. import selectors
from .types import ExportType


class Query(graphene.ObjectType):
    exports = ConnectionField(ExportType, description="One's own.")
    export = graphene.Field(ExportType, id=graphene.ID(required=True))

    def resolve_exports(root, info, **arguments):
        permissions_check(info, [IsAuthenticated])
        exports = selectors.export_rows(owner=info.context.user)
        return page(info, ExportType, exports, arguments)

    def resolve_export(root, info, id: str):
        permissions_check(info, [IsAuthenticated])
        return ExportType.read_id(info, id)
