"""The house's one Django application with tables."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Everything a node remembers."""

    name = "cotejo.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
