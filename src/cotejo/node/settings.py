"""Django's settings of one node, read once from its home folder and the environment.

1. `COTEJO_HOME` names the home folder. `COTEJO_TEST=1` stands in for one with harmless values. With neither there is
   no secret key, and Django refuses to serve.
2. A node of the real world sends its cookies over TLS only; no setting of the environment loosens that.
3. Two nodes on one machine keep their cookies apart by name: browsers do not tell ports apart.
4. The page a person asks for needs a sign-in with two factors unless its view says otherwise.
"""

import os

from csp.constants import NONE, SELF

from cotejo.doors.web import packages
from cotejo.node.facts import NodeFacts, django_database, read_facts

FACTS: NodeFacts = read_facts(os.environ)

COTEJO_NODE = FACTS.name
COTEJO_WORLD = FACTS.world
COTEJO_HOME = FACTS.home
COTEJO_REDRESS = FACTS.redress
SECRET_KEY = FACTS.secret_key
REAL_WORLD = FACTS.world == "real"
DEBUG = False
ALLOWED_HOSTS = list(FACTS.hosts)

ROOT_URLCONF = "cotejo.node.urls"
WSGI_APPLICATION = "cotejo.node.wsgi.application"
INSTALLED_APPS = [
    *(f"{packages.PREFIX}.{name}" for name in packages.names()),
    "cotejo.store",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "cotejo.doors.web.base.middleware.closed_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "cotejo.doors.web.base.middleware.bounded",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cotejo.doors.web.accounts.middleware.two_factors_or_out",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cotejo.doors.web.base.middleware.RegisterReady",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "cotejo.doors.web.base.templatetags.cotejo",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "cotejo.doors.web.base.context.house",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"


DATABASES = {"default": django_database(FACTS.database)}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "store_cache"}}

AUTH_USER_MODEL = "store.Officer"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
    if FACTS.for_tests
    else "django.contrib.auth.hashers.ScryptPasswordHasher"
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 72 * 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "base:work"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "cotejo.doors.web.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "cotejo.doors.web.accounts.forms.SignIn"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_SIGNUP_ENABLED = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGIN_TIMEOUT = 5 * 60
MFA_ADAPTER = "cotejo.store.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp"]
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = f"Cotejo {COTEJO_NODE}"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
COTEJO_LONGEST_SESSION = 10 * 3600
SESSION_COOKIE_NAME = f"cotejo_{FACTS.slug}_session"
CSRF_COOKIE_NAME = f"cotejo_{FACTS.slug}_csrf"
LANGUAGE_COOKIE_NAME = f"cotejo_{FACTS.slug}_language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = REAL_WORLD
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "cotejo.doors.web.base.errors.form_too_old"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = REAL_WORLD
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if REAL_WORLD else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if REAL_WORLD else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
DATA_UPLOAD_MAX_NUMBER_FILES = 6
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 42 * 2**20  # two documents and the words of a form; more is refused unread

USE_TZ = True
TIME_ZONE = "UTC"
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["cotejo.doors.web.base.formats"]
LANGUAGE_CODE = FACTS.language
LANGUAGES = [("es", "Español"), ("en", "English")]
LOCALE_PATHS = sorted(packages.ROOT.glob("*/locale"))

STATIC_URL = "static/"
STATIC_ROOT = FACTS.home / "static"
STATICFILES_DIRS = [packages.ROOT / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if FACTS.for_tests
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = FACTS.for_tests

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "cotejo.node.log_lines.JsonLine"}},
    "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["lines"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["lines"], "level": "INFO", "propagate": False},
        "httpx": {"handlers": ["lines"], "level": "WARNING", "propagate": False},
        "django.server": {"handlers": [], "level": "ERROR", "propagate": False},
    },
}
