"""Every page of the admin opens for an administrator, and for nobody else."""

from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.urls import reverse
from factory.django import DjangoModelFactory

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
OURS = {model for model in apps.get_models() if model.__module__.startswith("apps.")}


def factories() -> dict[type, type[DjangoModelFactory]]:
    """The factories of all apps, by the model they make."""
    labels = {model._meta.app_label for model in OURS}
    modules = [import_module(f"apps.{label}.tests.factories") for label in labels]
    return {
        found._meta.model: found
        for module in modules
        for found in vars(module).values()
        if isinstance(found, type) and issubclass(found, DjangoModelFactory)
    }


FACTORIES = factories()


@pytest.mark.parametrize("page", ["changelist", "add"])
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_pages_open(admin_site_client, model, page):
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")

    response = admin_site_client.get(url, {"q": "a"} if page == "changelist" else {})

    model_admin = admin.site._registry[model]
    may_add = model_admin.has_add_permission(response.wsgi_request)
    assert response.status_code == (200 if page == "changelist" or may_add else 403)


@pytest.mark.parametrize("page", ["changelist", "change", "delete", "history"])
@pytest.mark.parametrize(
    "model", [model for model in MODELS if model in OURS], ids=lambda m: m._meta.label
)
def test_pages_that_show_a_row_open(admin_site_client, model, page):
    row = FACTORIES[model]()
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
    url = reverse(name, args=[] if page == "changelist" else [row.pk])

    response = admin_site_client.get(url)

    model_admin = admin.site._registry[model]
    may_delete = model_admin.has_delete_permission(response.wsgi_request)
    assert response.status_code == (200 if page != "delete" or may_delete else 403)


def test_every_model_of_ours_is_there():
    """On a page of its own, or as a part of another one's."""
    pages = admin.site._registry.values()
    inlines = {inline.model for page in pages for inline in page.inlines}

    assert OURS <= set(MODELS) | inlines


def test_the_admin_is_called_what_the_project_is(admin_site_client):
    response = admin_site_client.get(reverse("admin:index"))

    assert response.context["site_header"] == settings.PROJECT_NAME
    assert "Django" not in response.text


def test_a_member_stays_outside(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(reverse("admin:index")).status_code == 302
