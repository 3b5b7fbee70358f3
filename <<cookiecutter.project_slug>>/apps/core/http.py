"""What a request says about where it comes from."""

from django.conf import settings
from django.http import HttpRequest


def client_ip(request: HttpRequest) -> str:
    """Return the caller's address, as the outermost trusted proxy saw it.

    `X-Forwarded-For` is believed for as many hops as TRUSTED_PROXY_COUNT says and no
    further, since everything left of them is whatever the caller wrote.
    """
    remote = request.META.get("REMOTE_ADDR", "")
    hops = settings.TRUSTED_PROXY_COUNT
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if not hops or not forwarded:
        return remote
    addresses = [address.strip() for address in forwarded.split(",")]
    return addresses[-min(hops, len(addresses))]
