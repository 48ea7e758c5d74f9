"""What a journey looks at on every page it passes."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# As the demo prints it (settings of the demo).
PASSWORD = "srok-demo"


def barriers(axe: Axe, page: Page) -> list[str]:
    """The barriers that axe finds: rule, first place, what is wrong."""
    found = axe.run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]} ({one['help']})" for one in found]


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    root = "document.documentElement"
    return int(page.evaluate(f"{root}.scrollWidth - {root}.clientWidth"))
