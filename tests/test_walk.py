"""The walk's links stand on the lines they name, so that a stranger can click from line to line."""

from tools.walk import PAGE, mended


def test_every_link_of_the_walk_is_on_its_line():
    page = PAGE.read_text("utf-8")
    assert mended(page) == page, "run: python -m tools.walk"
