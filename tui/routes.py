"""The screens and dialogs by name. Each is imported when it is first opened, so no module has to import a screen."""

import importlib
from typing import Any

# The name of each screen and dialog that is opened from elsewhere, and where its class is defined.
ROUTES = {
    "my_week": "tui.screens.my_week:MyWeekScreen",
    "register": "tui.screens.register.screen:RegisterScreen",
    "timeline": "tui.screens.timeline:TimelineScreen",
    "mandates": "tui.screens.mandates:MandatesScreen",
    "weekly": "tui.screens.weekly:WeeklyScreen",
    "log": "tui.screens.log:LogScreen",
    "links": "tui.screens.links:LinksScreen",
    "findings": "tui.screens.findings:FindingsScreen",
    "setup": "tui.screens.setup:SetUpScreen",
    "item": "tui.screens.item:ItemScreen",
    "help": "tui.screens.help:HelpScreen",
    "report": "tui.screens.report:ReportScreen",
    "bulk": "tui.screens.bulk:BulkScreen",
    "conflict": "tui.screens.conflict:ConflictScreen",
    "import": "tui.screens.importing.screen:ImportScreen",
    "import_files": "tui.dialogs.imports.files:ImportFilesDialog",
    "as_of": "tui.dialogs.as_of:AsOfDialog",
    "plans": "tui.dialogs.plans:PlansDialog",
    "act": "tui.dialogs.acts.form:ActDialog",
    "search": "tui.dialogs.pick:SearchDialog",
    "palette": "tui.dialogs.palette:Palette",
    "jump": "tui.dialogs.jump:JumpScreen",
    "undo": "tui.dialogs.undo:UndoDialog",
    "tour": "tui.dialogs.tour:TourDialog",
    "refused": "tui.dialogs.refused:RefusedDialog",
}


def new_screen(name: str, *arguments: object, **named: object) -> Any:
    """Return a new screen or dialog by its name in `ROUTES`, made with the arguments of its class."""
    module, _, class_name = ROUTES[name].partition(":")
    return getattr(importlib.import_module(module), class_name)(*arguments, **named)
