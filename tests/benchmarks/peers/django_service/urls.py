"""The one address of the peer."""

from django.urls import path

from django_service.views import Deliveries

urlpatterns = [path("deliveries", Deliveries.as_view())]
