"""Every room's pages, and the JSON API. A room's paths stand in its own `pages.py`."""

from django.urls import URLPattern, URLResolver, include, path

from srok.project.api import api
from srok.project.rooms import drawers

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((module.urlpatterns, label))) for label, module in drawers("pages")
]
urlpatterns.append(path("api/", api.urls))

handler400 = "srok.web.pages.bad_request"
handler403 = "srok.web.pages.forbidden"
handler404 = "srok.web.pages.not_found"
handler500 = "srok.web.pages.server_error"
