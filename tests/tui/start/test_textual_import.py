"""Importing Textual without what the app uses later or never."""

import subprocess
import sys

# Modules that Textual's app imports at its top.
LEFT_OUT = (
    "_ssl",
    "uuid",
    "platformdirs",
    "tempfile",
    "textual.command",
    "textual.types",
    "textual.widgets._input",
    "textual.widgets._tree",
    "textual.widgets._select",
    "textual.widgets._option_list",
)

IMPORT = "import sys\nfrom tui.start.textual_import import import_textual\nimport_textual()\nimport tui.app\n"
# A substitute for a module has no specification.
LOADED = f"loaded = [name for name in {LEFT_OUT} if getattr(sys.modules.get(name), '__spec__', None)]\n"


def printed(code: str) -> list[str]:
    """The lines that a new process prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_the_app_is_imported_without_them():
    assert printed(f"{IMPORT}{LOADED}print(loaded)") == ["[]"]


def test_they_are_the_real_ones_once_they_are_used():
    code = (
        f"{IMPORT}import ssl, uuid, textual.command, textual.system_commands\n"
        "from asyncio import sslproto\nfrom textual.notifications import Notification\n"
        "print(len(Notification('x').identity), len(uuid.uuid4().hex))\n"
        "print(ssl.create_default_context().check_hostname, sslproto.SSLProtocol.__name__)\n"
        "print(textual.command is sys.modules['textual.command'], textual.command.CommandPalette.__module__)\n"
        "print(issubclass(textual.system_commands.SystemCommandsProvider, textual.command.Provider))\n"
        "from textual.app import user_downloads_path\nprint(user_downloads_path().name != '')\n"
    )
    assert printed(code) == ["36 32", "True SSLProtocol", "True textual.command", "True", "True"]


def test_textual_s_own_palette_is_off():
    assert printed(f"{IMPORT}print(tui.app.PlannerApp.ENABLE_COMMAND_PALETTE)") == ["False"]


def test_nothing_is_replaced_after_textual_was_imported():
    code = (
        "import textual.app, sys\nbefore = dict(sys.modules)\n"
        "from tui.start.textual_import import import_textual\nimport_textual()\n"
        "print(all(sys.modules[name] is module for name, module in before.items()))"
    )
    assert printed(code) == ["True"]
