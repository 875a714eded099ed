"""Address of the reply that everyone who was asked can read."""

from django.urls import path

from .views import public

urlpatterns = [path("<slug:address>", public.reply, name="reply")]
