"""Addresses of people who answer, and of the reply. No session is ever touched behind them."""

from django.urls import include, path

from alongside.config.pages import leave

urlpatterns = [
    path("leave", leave),
    path("q/", include("alongside.listening.urls_answering")),
    path("r/", include("alongside.changes.urls_reply")),
]
