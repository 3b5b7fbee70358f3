"""What GraphQL shows of exchange rates."""

from apps.core.graphql.rows import NodeRow

from .. import selectors
from ..api.filters import RateFilter
from ..api.serializers import RateOutput


class ExchangeRateType(NodeRow):
    """What one unit of a currency is worth in another one."""

    key = "pair"
    filterset = RateFilter

    class Meta:
        name = "ExchangeRate"
        serializer = RateOutput

    @classmethod
    def find(cls, info, keys: list) -> list[dict]:
        bases = {pair.partition("/")[0] for pair in keys}
        return cls.complete(info, list(selectors.rates_of_bases(bases=bases)))

    @classmethod
    def complete(cls, info, rows: list[dict]) -> list[dict]:
        for row in rows:
            row["pair"] = f"{row['base']}/{row['currency']}"
        return rows
