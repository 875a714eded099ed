"""Addresses of this room, under /organization/."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.overview, name="organization"),
    path("change", views.change, name="organization_change"),
    path("thresholds", views.thresholds, name="thresholds"),
    path("units/new", views.add_unit, name="unit_add"),
    path("units/<uuid:unit_id>", views.rename_unit, name="unit_rename"),
    path("units/<uuid:unit_id>/remove", views.remove_unit, name="unit_remove"),
    path("contacts/new", views.add_contact, name="contact_add"),
    path("contacts/<uuid:contact_id>", views.change_contact, name="contact_change"),
    path("contacts/<uuid:contact_id>/remove", views.remove_contact, name="contact_remove"),
    path("dismiss", views.dismiss, name="removed_dismiss"),
]
