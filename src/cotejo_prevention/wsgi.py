"""What the web server calls: Django with the settings of one installation."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
