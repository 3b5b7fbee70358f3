"""Log-in and everything around it: validate, call a service, answer."""

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from apps.core.filters import FilterSetBackend, KnownParametersFilter, OrderingFilter
from apps.core.permissions import IsAdmin
from apps.core.serializers import ErrorOutput, validated

from .. import selectors, services
from ..callers import caller, caller_session_id
from . import serializers
from .filters import USER_ORDERING, UserFilter

NO_CONTENT = {status.HTTP_204_NO_CONTENT: None}


def _accepted() -> Response:
    """The one answer of every endpoint that writes to an address, known or not."""
    return Response({"detail": serializers.MAIL_SENT}, status=status.HTTP_202_ACCEPTED)


def _open(**kwargs):
    """Mark an endpoint as open to anyone: no token is asked for, none is read."""
    kwargs = {"methods": ["post"], "throttle_scope": "auth", **kwargs}
    return action(
        detail=False,
        permission_classes=[AllowAny],
        authentication_classes=[],
        **kwargs,
    )


@extend_schema(tags=["auth"])
class AuthViewSet(viewsets.GenericViewSet):
    """Registration, tokens and passwords."""

    pagination_class = None
    filter_backends = []
    serializer_class = Serializer
    throttle_scope = None

    @extend_schema(
        request=serializers.RegisterInput,
        responses={202: serializers.MessageOutput},
    )
    @_open(throttle_scope="mail")
    def register(self, request: Request, version: str) -> Response:
        """Make an account. The answer is the same for an address that has one."""
        services.user_register(**validated(serializers.RegisterInput, request))
        return _accepted()

    @extend_schema(request=serializers.TokenInput, responses=NO_CONTENT)
    @_open(url_path="verify-email")
    def verify_email(self, request: Request, version: str) -> Response:
        """Prove an address with the token from the e-mail."""
        services.email_verify(**validated(serializers.TokenInput, request))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        request=serializers.EmailInput, responses={202: serializers.MessageOutput}
    )
    @_open(url_path="resend-verification", throttle_scope="mail")
    def resend_verification(self, request: Request, version: str) -> Response:
        """Ask for the verification e-mail once more."""
        services.verification_resend(**validated(serializers.EmailInput, request))
        return _accepted()

    @extend_schema(
        request=serializers.LoginInput,
        responses={
            200: serializers.TokenPairOutput,
            401: ErrorOutput,
            403: ErrorOutput,
        },
    )
    @_open()
    def login(self, request: Request, version: str) -> Response:
        """Exchange e-mail address and password for tokens.

        Five wrong passwords lock the account out from this address: 429, and
        `Retry-After` says for how many seconds.
        """
        credentials = validated(serializers.LoginInput, request)
        # django-axes marks the request, so it has to be Django's own.
        pair = services.session_open(request=request._request, **credentials)
        return Response(serializers.TokenPairOutput(pair).data)

    @extend_schema(
        request=serializers.RefreshInput,
        responses={200: serializers.TokenPairOutput, 401: ErrorOutput},
    )
    @_open()
    def refresh(self, request: Request, version: str) -> Response:
        """Exchange a refresh token for new tokens; each works once."""
        pair = services.session_refresh(**validated(serializers.RefreshInput, request))
        return Response(serializers.TokenPairOutput(pair).data)

    @extend_schema(request=None, responses=NO_CONTENT)
    @action(detail=False, methods=["post"])
    def logout(self, request: Request, version: str) -> Response:
        """End this session: its access and refresh tokens stop working at once."""
        services.session_end(session_id=caller_session_id(request))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=NO_CONTENT)
    @action(detail=False, methods=["post"], url_path="logout-all")
    def logout_all(self, request: Request, version: str) -> Response:
        """End every session of the caller, on every device."""
        services.sessions_end_all(user=caller(request))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=serializers.PasswordChangeInput, responses=NO_CONTENT)
    @action(
        detail=False,
        methods=["post"],
        url_path="password/change",
        throttle_scope="auth",
    )
    def password_change(self, request: Request, version: str) -> Response:
        """Change the password; the caller's other sessions end."""
        services.password_change(
            user=caller(request),
            session_id=caller_session_id(request),
            **validated(serializers.PasswordChangeInput, request),
        )
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        request=serializers.EmailInput, responses={202: serializers.MessageOutput}
    )
    @_open(url_path="password/reset", throttle_scope="mail")
    def password_reset(self, request: Request, version: str) -> Response:
        """Ask for an e-mail with a link that sets a new password."""
        services.password_reset_request(**validated(serializers.EmailInput, request))
        return _accepted()

    @extend_schema(request=serializers.PasswordResetConfirmInput, responses=NO_CONTENT)
    @_open(url_path="password/reset/confirm")
    def password_reset_confirm(self, request: Request, version: str) -> Response:
        """Set a new password with the token from the e-mail; every session ends."""
        services.password_reset_confirm(
            **validated(serializers.PasswordResetConfirmInput, request)
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema(tags=["me"], responses=serializers.UserOutput)
class MeView(GenericAPIView):
    """The caller."""

    pagination_class = None
    serializer_class = serializers.UserOutput

    def get(self, request: Request, version: str) -> Response:
        return Response(serializers.UserOutput(request.user).data)

    @extend_schema(request=serializers.MeInput)
    def patch(self, request: Request, version: str) -> Response:
        user = services.user_update(
            user=caller(request),
            **validated(serializers.MeInput, request, partial=True),
        )
        return Response(serializers.UserOutput(user).data)


@extend_schema(tags=["users"])
class UserViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    """Every user, for administrators."""

    queryset = selectors.user_list()
    serializer_class = serializers.UserAdminOutput
    permission_classes = [IsAdmin]
    filter_backends = [KnownParametersFilter, FilterSetBackend, OrderingFilter]
    filterset_class = UserFilter
    ordering_fields = USER_ORDERING
