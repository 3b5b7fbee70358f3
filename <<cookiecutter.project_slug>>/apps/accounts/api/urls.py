"""Routes of accounts, below /api/v1/."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from .views import AuthViewSet, MeView, UserViewSet

router = SimpleRouter()
router.register("auth", AuthViewSet, basename="auth")
router.register("users", UserViewSet, basename="user")

urlpatterns = [path("me/", MeView.as_view(), name="me"), *router.urls]
