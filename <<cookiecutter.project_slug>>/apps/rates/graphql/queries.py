"""What GraphQL reads of exchange rates; anyone may."""

import graphene

from apps.core.graphql.connections import ConnectionField, page

from .. import selectors
from .types import ExchangeRateType


class Query(graphene.ObjectType):
    rates = ConnectionField(ExchangeRateType)

    def resolve_rates(root, info, **arguments):
        return page(info, ExchangeRateType, selectors.rate_rows(), arguments)
