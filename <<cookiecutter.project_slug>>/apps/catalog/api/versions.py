"""What differs between the versions of the API, and how an old one takes its leave."""

from datetime import UTC, datetime

from django.utils.http import http_date
from rest_framework.response import Response
from rest_framework.views import APIView

DEPRECATED = datetime(2026, 11, 1, tzinfo=UTC)
SUNSET = datetime(2027, 11, 1, tzinfo=UTC)
_HEADERS = {
    "Deprecation": f"@{int(DEPRECATED.timestamp())}",
    "Sunset": http_date(SUNSET.timestamp()),
}


class DeprecatedVersionMixin(APIView):
    """Tells clients of version 1 that there is a better one, and how long it lives.

    `Deprecation` is RFC 9745, `Sunset` RFC 8594.
    """

    def finalize_response(self, request, response, *args, **kwargs) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        if request.version == "v1":
            successor = request.path.replace("/v1/", "/v2/", 1)
            for name, value in _HEADERS.items():
                response.headers[name] = value
            response.headers["Link"] = f'<{successor}>; rel="successor-version"'
        return response


def money_nested(rows: list[dict]) -> list[dict]:
    """Turn version 1's price and currency into version 2's one price."""
    for row in rows:
        row["price"] = {"amount": row["price"], "currency": row.pop("currency")}
    return rows
