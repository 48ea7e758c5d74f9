"""The pages of the missions: appointments for everybody, the day for its officers, the kits."""

from django.urls import URLPattern

from srok.identity.missions import appointment_pages, day_pages, kit_pages, line_pages

app_name = "missions"

urlpatterns: list[URLPattern] = [
    *appointment_pages.urlpatterns, *day_pages.urlpatterns, *line_pages.urlpatterns, *kit_pages.urlpatterns,
]  # fmt: skip
