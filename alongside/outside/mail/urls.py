"""Addresses of this room."""

from django.urls import path

from . import views

LIST = "cycles/<uuid:cycle_id>/mail/<uuid:round_id>/"

urlpatterns = [
    path("cycles/<uuid:cycle_id>/mail/", views.mail, name="mail"),
    path(LIST, views.addresses, name="mail_addresses"),
    path(LIST + "remove", views.remove_addresses, name="mail_remove"),
    path(LIST + "<slug:kind>/", views.compose, name="mail_compose"),
]
