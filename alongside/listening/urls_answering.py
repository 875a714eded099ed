"""Addresses of people who answer: short, neutral, and the code is never part of them."""

from django.urls import path

from .answering import views

urlpatterns = [
    path("", views.start),
    path("<slug:address>", views.form),
    path("<slug:address>/more", views.who_sees_what),
]
