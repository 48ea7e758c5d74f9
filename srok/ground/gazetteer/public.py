"""The door of the gazetteer."""

from srok.ground.gazetteer.actions import import_file, import_packaged
from srok.ground.gazetteer.names import named
from srok.ground.gazetteer.reads import (
    children,
    commune_of,
    countries,
    describe,
    exists,
    forget,
    path,
    pickup_posts,
    place,
    post,
    post_serving,
    posts,
)
from srok.ground.gazetteer.terms import Country, ImportReport, Level, Place, Post, Unit

__all__ = [
    "Country", "ImportReport", "Level", "Place", "Post", "Unit", "children", "commune_of", "countries", "describe",
    "exists", "forget", "import_file", "import_packaged", "named", "path", "pickup_posts", "place", "post",
    "post_serving", "posts",
]  # fmt: skip
