"""After each `migrate`, PostgreSQL is told which rows belong to whom."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class Access(AppConfig):
    """The room as Django knows it."""

    name = "alongside.access"

    def ready(self) -> None:
        from .rows import install_policies

        post_migrate.connect(install_policies, dispatch_uid="alongside.access.rows")
