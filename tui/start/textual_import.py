"""Importing Textual without the modules that this app uses later or never: a sixth of the time of importing it."""

import importlib
import sys
from types import ModuleType

from planner.base.lazy_modules import load_on_first_use

# Encrypted connections of asyncio, the ids of notifications and the folder for screenshots, each with the function that
# Textual copies.
USED_LATER = {"ssl": "", "asyncio.sslproto": "", "uuid": "uuid4", "platformdirs": "user_downloads_path"}

# Textual's own palette, which imports its lists, trees and fields. The app has a palette of its own.
PALETTE = "textual.command"
PALETTE_NAMES = ("CommandListItem", "CommandPalette", "DiscoveryHit", "Hit", "Hits", "Provider", "SimpleProvider")


# docs/decisions/0160: the modules that define Textual's app import all of this at their top.
def import_textual() -> None:
    """Import the module of Textual's app, unless it was imported already."""
    if "textual.app" in sys.modules:
        return
    load_on_first_use(USED_LATER)
    substitute = ModuleType(PALETTE)
    vars(substitute).update((name, type(name, (), {})) for name in PALETTE_NAMES)
    sys.modules[PALETTE] = substitute
    try:
        importlib.import_module("textual.app")
    finally:
        # Whoever imports the palette from now on gets the real one.
        del sys.modules[PALETTE]
    vars(sys.modules["textual"]).pop("command", None)
