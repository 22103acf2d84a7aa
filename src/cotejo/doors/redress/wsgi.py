"""The redress office's pages as a WSGI application, with the static files they need."""

import os

from django.core.wsgi import get_wsgi_application
from whitenoise import WhiteNoise

from cotejo.doors.redress import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cotejo.doors.redress.settings")

application = WhiteNoise(get_wsgi_application())
for prefix, folder in settings.STATIC_FOLDERS.items():
    application.add_files(folder, prefix=prefix)
