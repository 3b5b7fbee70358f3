"""Signed links to an export's file: they outlive the access token that asked for one.

https://docs.djangoproject.com/en/stable/topics/signing/
"""

from datetime import timedelta
from uuid import UUID

from django.core.signing import BadSignature, TimestampSigner

from apps.core.errors import Forbidden

LIFETIME = timedelta(minutes=15)
_SIGNER = TimestampSigner(salt="apps.exports.links")


def link_token(export_id: UUID) -> str:
    """Return what opens this one export's file, for as long as LIFETIME."""
    return _SIGNER.sign(str(export_id))


def link_check(export_id: UUID, token: str) -> None:
    """Let only those go on who have the link.

    Raises:
        Forbidden: the token is forged, too old, or of another export.
    """
    try:
        signed = _SIGNER.unsign(token, max_age=LIFETIME)
    except BadSignature:
        signed = None
    if signed != str(export_id):
        raise Forbidden(
            "This link is not valid, or no longer. Get a fresh one from the export.",
            code="link_invalid",
        )
