"""The officers' pages as a WSGI application, for granian or any other server.

`COTEJO_HOME` and `COTEJO_DSN` must be set; `python -m django collectstatic` must have filled the home once.
"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cotejo.node.settings")

application = get_wsgi_application()
