from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "apps.accounts"

    def ready(self) -> None:
        # After the last app, because only then every app's permissions exist.
        *_, last = (config for config in apps.get_app_configs() if config.models_module)
        post_migrate.connect(_sync_roles, sender=last)


def _sync_roles(apps=apps, **kwargs) -> None:
    # `migrate` says which models there are; `flush`, after which all are, does not.
    from .services import roles_sync

    try:
        apps.get_model("auth", "Group")
    except LookupError:
        return  # Migrating backwards has taken the table away.
    roles_sync()
