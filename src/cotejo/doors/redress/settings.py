"""Django's settings of the redress office: pages only; no models, no accounts of the house, no log of visits.

1. Everything comes from the office's folder (`COTEJO_REDRESS_FOLDER`); the database's role from `COTEJO_REDRESS_DSN`.
2. What people attach is held in memory and sealed from there: no file of theirs is ever written in the clear.
3. Pages are the same with and without scripts, for there are none. Static files are the house's copy of USWDS, served
   from its folder; no code of the officers' pages is used.
"""

import os
from pathlib import Path

from cotejo.doors.redress.office import DSN_VARIABLE, FOLDER_VARIABLE, open_office

OFFICE = open_office(Path(os.environ[FOLDER_VARIABLE]))
OFFICE_DSN = os.environ[DSN_VARIABLE]
REAL_WORLD = OFFICE.world != "invented"
HERE = Path(__file__).parent
STATIC_FOLDERS = {"static/": HERE.parent / "web" / "static", "static/redress/": HERE / "static"}

SECRET_KEY = OFFICE.pages_secret
DEBUG = False
ALLOWED_HOSTS = list(OFFICE.hosts)
ROOT_URLCONF = "cotejo.doors.redress.urls"
INSTALLED_APPS: list[str] = []
DATABASES: dict[str, dict[str, object]] = {}
MIDDLEWARE = [
    "cotejo.doors.redress.frame.strict_headers",
    "cotejo.doors.redress.frame.bounded",
    "django.middleware.csrf.CsrfViewMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "OPTIONS": {"context_processors": ["django.template.context_processors.csrf"]},
    }
]
USE_TZ = True
USE_I18N = False
LARGEST_DOCUMENT = 10 * 1024 * 1024
LARGEST_FORM = 3 * LARGEST_DOCUMENT + 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = LARGEST_FORM
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 60
DATA_UPLOAD_MAX_NUMBER_FILES = 6
CSRF_COOKIE_NAME = "redress_form"
CSRF_COOKIE_AGE = None
CSRF_COOKIE_SECURE = REAL_WORLD
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "cotejo.doors.redress.frame.form_too_old"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"places": {"()": "cotejo.doors.redress.log_lines.Places"}},
    "handlers": {"failures": {"class": "logging.StreamHandler", "formatter": "places"}},
    "loggers": {
        "django": {"handlers": ["failures"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": [], "propagate": False},
    },
    "root": {"handlers": ["failures"], "level": "ERROR"},
}
