"""Log-in and everything around it, by the services that REST calls."""

import graphene
from rest_framework.permissions import AllowAny

from apps.core.graphql.mutations import Mutation as BaseMutation

from .. import services
from ..api import serializers
from ..tokens import SESSION_CLAIM
from .types import UserType


class _Open(BaseMutation):
    """For anyone."""

    permission_classes = [AllowAny]
    throttle_scope = "auth"

    class Meta:
        abstract = True


class _Mailing(_Open):
    """Writes to an address; the answer is the same whether it is known or not."""

    throttle_scope = "mail"

    detail = graphene.String()

    class Meta:
        abstract = True

    @classmethod
    def perform(cls, info, data: dict) -> dict:
        cls.send(**data)
        return {"detail": serializers.MAIL_SENT}


class _Tokens(_Open):
    """Brings tokens: `access` goes into the header `Authorization: Bearer ...`."""

    access = graphene.String()
    refresh = graphene.String(description="Good for one call of `refreshTokens`.")

    class Meta:
        abstract = True

    @classmethod
    def perform(cls, info, data: dict) -> dict:
        pair = cls.pair(info, data)
        return {"access": pair.access, "refresh": pair.refresh}


class Register(_Mailing):
    """Make an account."""

    send = staticmethod(services.user_register)

    class Meta:
        serializer = serializers.RegisterInput


class ResendVerification(_Mailing):
    """Ask for the verification e-mail once more."""

    send = staticmethod(services.verification_resend)

    class Meta:
        serializer = serializers.EmailInput


class RequestPasswordReset(_Mailing):
    """Ask for an e-mail with a link that sets a new password."""

    send = staticmethod(services.password_reset_request)

    class Meta:
        serializer = serializers.EmailInput


class VerifyEmail(_Open):
    """Prove an address with the token from the e-mail."""

    class Meta:
        serializer = serializers.TokenInput

    @classmethod
    def perform(cls, info, data: dict) -> dict:
        services.email_verify(**data)
        return {}


class ResetPassword(_Open):
    """Set a new password with the token from the e-mail; every session ends."""

    class Meta:
        serializer = serializers.PasswordResetConfirmInput

    @classmethod
    def perform(cls, info, data: dict) -> dict:
        services.password_reset_confirm(**data)
        return {}


class LogIn(_Tokens):
    """Exchange e-mail address and password for tokens."""

    class Meta:
        serializer = serializers.LoginInput

    @classmethod
    def pair(cls, info, data: dict):
        # django-axes marks the request, so it has to be Django's own.
        return services.session_open(request=info.context._request, **data)


class RefreshTokens(_Tokens):
    """Exchange a refresh token for new tokens; each works once."""

    class Meta:
        serializer = serializers.RefreshInput

    @classmethod
    def pair(cls, info, data: dict):
        return services.session_refresh(**data)


class LogOut(BaseMutation):
    """End this session: its access and refresh tokens stop working at once."""

    @classmethod
    def perform(cls, info, data: dict) -> dict:
        services.session_end(session_id=info.context.auth[SESSION_CLAIM])
        return {}


class LogOutEverywhere(BaseMutation):
    """End every session of the caller, on every device."""

    @classmethod
    def perform(cls, info, data: dict) -> dict:
        services.sessions_end_all(user=info.context.user)
        return {}


class ChangePassword(BaseMutation):
    """Change the password; the caller's other sessions end."""

    throttle_scope = "auth"

    class Meta:
        serializer = serializers.PasswordChangeInput

    @classmethod
    def perform(cls, info, data: dict) -> dict:
        request = info.context
        services.password_change(
            user=request.user, session_id=request.auth[SESSION_CLAIM], **data
        )
        return {}


class UpdateMe(BaseMutation):
    """Change one's own profile."""

    me = graphene.Field(UserType)

    class Meta:
        serializer = serializers.MeInput
        partial = True

    @classmethod
    def perform(cls, info, data: dict) -> dict:
        user = services.user_update(user=info.context.user, **data)
        return {"me": UserType.read_one(info, str(user.pk))}


class Mutation(graphene.ObjectType):
    register = Register.Field()
    verify_email = VerifyEmail.Field()
    resend_verification = ResendVerification.Field()
    log_in = LogIn.Field()
    refresh_tokens = RefreshTokens.Field()
    log_out = LogOut.Field()
    log_out_everywhere = LogOutEverywhere.Field()
    change_password = ChangePassword.Field()
    request_password_reset = RequestPasswordReset.Field()
    reset_password = ResetPassword.Field()
    update_me = UpdateMe.Field()
