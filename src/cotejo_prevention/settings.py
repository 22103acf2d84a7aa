"""Django's settings of a prevention installation: pages only, no models, no log of visits.

The folder comes from `COTEJO_PREVENTION_HOME`; cookies travel over TLS only when this server speaks TLS
(`COTEJO_PREVENTION_TLS=1`, set by `serve`), which it must on any address but this machine's own.
"""

import os
from pathlib import Path

from cotejo_prevention.home import open_home

HOME = open_home(Path(os.environ["COTEJO_PREVENTION_HOME"]))
TLS = os.environ.get("COTEJO_PREVENTION_TLS") == "1"

SECRET_KEY = HOME.secret("web").hex()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("COTEJO_PREVENTION_HOSTS", "127.0.0.1,localhost").split(",")
ROOT_URLCONF = "cotejo_prevention.urls"
INSTALLED_APPS: list[str] = []
DATABASES: dict[str, dict[str, object]] = {}
MIDDLEWARE = [
    "cotejo_prevention.pages.strict_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {"context_processors": ["django.template.context_processors.csrf"]},
    }
]
USE_TZ = True
USE_I18N = False
LANGUAGE_CODE = "en"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_NAME = "prevention_session"
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_NAME = "prevention_form"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "cotejo_prevention.pages.form_refused"
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
FILE_UPLOAD_HANDLERS: list[str] = []
LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"failures": {"class": "logging.StreamHandler"}},
    "loggers": {"django": {"handlers": ["failures"], "level": "CRITICAL", "propagate": False}},
    "root": {"handlers": ["failures"], "level": "ERROR"},
}
