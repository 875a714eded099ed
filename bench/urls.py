"""The respondents' addresses, and an empty view on the same short way through the server."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from alongside.access.api import open_to_all
from alongside.config.urls_answering import urlpatterns as answering


@open_to_all(because="the bench compares with it")
def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"")


urlpatterns = [path("q/empty-view", empty), *answering]
