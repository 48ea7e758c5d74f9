"""The WSGI application that granian serves."""

from django.core.wsgi import get_wsgi_application

from srok.ground.faces.cli import choose_settings

choose_settings()
application = get_wsgi_application()
