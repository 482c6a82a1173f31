"""Two ways to use a page, with the keyboard alone or with the mouse: what is done on a page is written once for both.

Neither knows the dashboard. Waits for nothing but the field or button that it is about to use.
"""

from __future__ import annotations

from typing import Protocol

from playwright.sync_api import Locator, Page

__all__ = ["Hand", "Keyboard", "Mouse"]

PATIENCE = 120_000.0  # milliseconds


class Hand(Protocol):
    """What a reader can do on a page."""

    def press(self, target: Locator) -> None:
        """Press a button or follow a link."""

    def write(self, target: Locator, text: str) -> None:
        """Replace the text of a field, and confirm it."""

    def choose(self, target: Locator, value: str) -> None:
        """Choose one option of a list by its value."""


class Keyboard:
    """Tab, Shift+Tab, arrows, Enter and Space: an element that cannot be reached so is not reached.

    Attributes
    ----------
    presses : how often the Tab key was pressed.
    """

    def __init__(self, page: Page, most: int = 400) -> None:
        self.page, self.most, self.presses = page, most, 0

    def reach(self, target: Locator) -> None:
        """Go to an element with the Tab key.

        Raises
        ------
        AssertionError : the Tab key does not lead there.
        """
        target.wait_for(timeout=PATIENCE)
        here = "e => e === document.activeElement"
        if target.evaluate(here):
            return
        # What comes before is reached backwards, as a reader would: pages are long.
        behind = "e => !!(document.activeElement.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_PRECEDING)"
        key = "Shift+Tab" if target.evaluate(behind) else "Tab"
        for _ in range(self.most):
            self.page.keyboard.press(key)
            self.presses += 1
            if target.evaluate(here):
                return
        raise AssertionError(f"the keyboard does not reach {target}")

    def press(self, target: Locator) -> None:
        """Press a button or follow a link with Enter."""
        self.reach(target)
        self.page.keyboard.press("Enter")

    def write(self, target: Locator, text: str) -> None:
        """Replace the text of a field and press Enter."""
        self.reach(target)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")

    def choose(self, target: Locator, value: str) -> None:
        """Go through a list with the arrows.

        Raises
        ------
        AssertionError : the arrows do not lead there.
        """
        self.reach(target)
        values = target.locator("option").evaluate_all("options => options.map(each => each.value)")
        for _ in range(2 * len(values)):
            steps = values.index(value) - values.index(target.input_value())
            if not steps:
                # What the page does about it may move it once more.
                self.page.wait_for_timeout(300)
                if target.input_value() == value:
                    return
                continue
            self.page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
            self.page.wait_for_timeout(100)
        raise AssertionError(f"the arrows do not reach {value} in {target}")


class Mouse:
    """Clicks, and letters where there is something to write."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        """Click."""
        target.click(timeout=PATIENCE)

    def write(self, target: Locator, text: str) -> None:
        """Click into a field, replace its text, and leave it."""
        target.click(timeout=PATIENCE)
        target.fill(text)
        target.blur()

    def choose(self, target: Locator, value: str) -> None:
        """Choose in the list."""
        target.select_option(value, timeout=PATIENCE)
