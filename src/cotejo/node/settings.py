"""Django's settings of a node, read once from the node's home folder and environment."""

SECRET_KEY = "set by the node's home folder"  # noqa: S105 - replaced at start; a node refuses to run with this value
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth"]
USE_TZ = True
DATABASES: dict[str, dict[str, object]] = {}
