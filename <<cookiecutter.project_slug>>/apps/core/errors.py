"""The errors a service may raise; every door to it shows them alike.

A service never knows who called it, so nothing here belongs to HTTP but the status
that describes the error best.
"""

from collections.abc import Mapping, Sequence

FieldErrors = Mapping[str, Sequence[str]]


class ApplicationError(Exception):
    """Something the caller did cannot be done, and this says why.

    Attributes:
        message: one sentence for a person.
        code: one word for a program; stable across releases.
        fields: messages by the name of the input they belong to.
        status: the HTTP status that describes the error.
    """

    status = 400
    default_code = "error"
    default_message = "The request cannot be done."

    def __init__(
        self,
        message: str = "",
        *,
        code: str = "",
        fields: FieldErrors | None = None,
    ) -> None:
        self.message = message or self.default_message
        self.code = code or self.default_code
        self.fields = dict(fields or {})
        super().__init__(self.message)


class InvalidInput(ApplicationError):
    """The input breaks a rule; `fields` says where."""

    status = 400
    default_code = "invalid"
    default_message = "The input is not valid."


class NotAuthenticated(ApplicationError):
    """The caller is unknown and has to log in."""

    status = 401
    default_code = "not_authenticated"
    default_message = "Log in to do this."


class AuthenticationFailed(ApplicationError):
    """The caller's credentials or tokens are not accepted."""

    status = 401
    default_code = "authentication_failed"
    default_message = "These credentials are not accepted."


class Forbidden(ApplicationError):
    """The caller is known and may not do this."""

    status = 403
    default_code = "permission_denied"
    default_message = "You may not do this."


class NotFound(ApplicationError):
    """There is no such thing, or the caller may not know that there is."""

    status = 404
    default_code = "not_found"
    default_message = "There is nothing here."


class Conflict(ApplicationError):
    """The state of the data does not allow this now."""

    status = 409
    default_code = "conflict"
    default_message = "This conflicts with the present state."


class PreconditionFailed(ApplicationError):
    """What the caller wants to change is no longer what the caller saw."""

    status = 412
    default_code = "precondition_failed"
    default_message = "This has changed since you read it. Read it again first."


class PayloadTooLarge(ApplicationError):
    """More bytes than the server takes in one request."""

    status = 413
    default_code = "payload_too_large"
    default_message = "The request is too large."


class RateLimited(ApplicationError):
    """Too many attempts.

    Attributes:
        retry_after: seconds until the next attempt may succeed.
    """

    status = 429
    default_code = "throttled"
    default_message = "Too many attempts. Try again later."

    def __init__(self, message: str = "", *, retry_after: int, code: str = "") -> None:
        self.retry_after = retry_after
        super().__init__(message, code=code)


class ServerError(ApplicationError):
    """Our fault; the log knows more."""

    status = 500
    default_message = "The server failed. It has been logged."


class TemporaryFailure(ApplicationError):
    """Something outside does not answer now; the same may work later."""

    status = 503
    default_code = "temporary_failure"
    default_message = "A part this needs does not answer. Try again later."


class TimedOut(TemporaryFailure):
    """It took longer than anything may; less of it, or another time, may work."""

    default_code = "timeout"
    default_message = "The query took too long."
