"""Addresses of staff pages. People who answer have their own list: `urls_answering.py`."""

from django.urls import include, path

from alongside.config.pages import health

handler400 = "alongside.config.pages.bad_request"
handler404 = "alongside.config.pages.not_found"
handler500 = "alongside.config.pages.broken"

urlpatterns = [
    path("healthz", health),
    path("", include("alongside.config.urls_answering")),
    path("", include("alongside.people.urls")),
    path("what-we-hold/", include("alongside.keeping.urls")),
    path("organization/", include("alongside.organizations.urls")),
    path("cycles/", include("alongside.listening.urls")),
    path("cycles/", include("alongside.findings.urls")),
    path("", include("alongside.changes.urls")),
    path("", include("alongside.outside.mail.urls")),
]
