"""Addresses of this room, under /what-we-hold/."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.what_we_hold, name="what_we_hold"),
    path("holds/new", views.new_hold, name="hold_new"),
    path("holds/<uuid:hold_id>", views.hold, name="hold"),
    path("holds/<uuid:hold_id>/told", views.told, name="hold_told"),
    path("holds/<uuid:hold_id>/lift", views.lift, name="hold_lift"),
    path("cycles/<uuid:cycle_id>/remove", views.remove_cycle, name="finished_cycle_remove"),
]
