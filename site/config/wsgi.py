import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from web.components import load_components
from web.pdf.fonts import letters

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_wsgi_application()
# What Django would do at the first request and takes seconds. A worker that takes the place of one that died
# is a copy of a process that has done it (gunicorn's preload_app), and answers at once.
import_module(settings.ROOT_URLCONF)
load_components()
# The fonts of papers, read once and not by several threads at the same time.
letters()
