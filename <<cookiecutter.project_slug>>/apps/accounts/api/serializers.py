"""What accounts' endpoints take and give."""

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from apps.core.serializers import ModelSerializer

from ..models import User

MAIL_SENT = "If the address can get this message, it is on its way."
MAX_PASSWORD_LENGTH = 128


class PasswordField(serializers.CharField):
    """Never shown, never trimmed, and bounded: hashing costs by length."""

    def __init__(self, **kwargs) -> None:
        defaults = {
            "write_only": True,
            "trim_whitespace": False,
            "max_length": MAX_PASSWORD_LENGTH,
            "style": {"input_type": "password"},
        }
        super().__init__(**{**defaults, **kwargs})


class EmailInput(serializers.Serializer):
    email = serializers.EmailField(max_length=254)


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "Somebody new",
            {
                "email": "ada@example.com",
                "password": "correct-horse-battery",
                "full_name": "Ada Lovelace",
            },
            request_only=True,
        )
    ]
)
class RegisterInput(EmailInput):
    password = PasswordField()
    full_name = serializers.CharField(max_length=150, required=False, allow_blank=True)


class LoginInput(EmailInput):
    password = PasswordField()


class TokenInput(serializers.Serializer):
    token = serializers.CharField(max_length=500)


class RefreshInput(serializers.Serializer):
    refresh = serializers.CharField(max_length=2000)


class PasswordChangeInput(serializers.Serializer):
    old_password = PasswordField()
    new_password = PasswordField()


class PasswordResetConfirmInput(TokenInput):
    new_password = PasswordField()


@extend_schema_serializer(
    examples=[
        OpenApiExample("A name", {"full_name": "Ada Lovelace"}, request_only=True)
    ]
)
class MeInput(serializers.Serializer):
    full_name = serializers.CharField(max_length=150, allow_blank=True)


class TokenPairOutput(serializers.Serializer):
    access = serializers.CharField(help_text="Send it as `Authorization: Bearer ...`.")
    refresh = serializers.CharField(help_text="Good for one call of `refresh`.")


class MessageOutput(serializers.Serializer):
    detail = serializers.CharField()


class UserOutput(ModelSerializer):
    role = serializers.CharField(read_only=True)

    class Meta:
        model = User
        fields = ["id", "email", "full_name", "role", "email_verified_at", "created_at"]
        read_only_fields = fields


class UserAdminOutput(UserOutput):
    class Meta(UserOutput.Meta):
        fields = [*UserOutput.Meta.fields, "is_active", "last_login"]
        read_only_fields = fields
