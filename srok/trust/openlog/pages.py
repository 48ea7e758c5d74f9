"""Pages of the public log."""

from srok.trust.openlog.serving import FILES

urlpatterns = [*FILES]
