"""Looks at the mail settings at the start: a wrong one must not show first when people wait for mail."""

from django.apps import AppConfig

from .backend import mail_server


class Mail(AppConfig):
    """Mail to everyone asked."""

    name = "alongside.outside.mail"

    def ready(self) -> None:
        mail_server()
