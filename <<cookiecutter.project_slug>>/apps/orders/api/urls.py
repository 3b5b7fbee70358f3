"""Routes of orders, below /api/<version>/."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from . import views

router = SimpleRouter(use_regex_path=False)
router.register("orders", views.OrderViewSet, basename="order")

urlpatterns = [
    path("reports/sales/", views.SalesReportView.as_view(), name="sales-report"),
    *router.urls,
]
