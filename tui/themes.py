"""The colour themes: dark, light and high-contrast. Every state can also be recognised without colours."""

from textual.theme import Theme

DARK = Theme(
    name="planner-dark",
    dark=True,
    primary="#6cb2eb",
    secondary="#b39ddb",
    accent="#7fd7e0",
    success="#86d18c",
    warning="#f0c05a",
    error="#ff8080",
    foreground="#dfe4ea",
    background="#12151a",
    surface="#181c22",
    panel="#20262e",
    variables={
        "text-success": "#86d18c",
        "text-warning": "#f0c05a",
        "text-error": "#ff8080",
        "text-accent": "#7fd7e0",
        "text-secondary": "#c3b1e6",
        "text-primary": "#8cc4f2",
        "text-muted": "#98a2ae",
        "block-cursor-background": "#26445e",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#20262e",
        "border-blurred": "#38414c",
        "footer-key-foreground": "#f0c05a",
    },
)

LIGHT = Theme(
    name="planner-light",
    dark=False,
    primary="#1f5f99",
    secondary="#6a4c9c",
    accent="#00697a",
    success="#1f7a2e",
    warning="#8a5a00",
    error="#b3261e",
    foreground="#1d2126",
    background="#fbfbf9",
    surface="#f3f3ef",
    panel="#e7e7e1",
    variables={
        "text-success": "#1f7a2e",
        "text-warning": "#8a5a00",
        "text-error": "#b3261e",
        "text-accent": "#00697a",
        "text-secondary": "#6a4c9c",
        "text-primary": "#1f5f99",
        "text-muted": "#5d6670",
        "block-cursor-background": "#cfe2f3",
        "block-cursor-foreground": "#10141a",
        "block-cursor-blurred-background": "#e7e7e1",
        "border-blurred": "#c3c3bb",
        "footer-key-foreground": "#8a5a00",
    },
)

CONTRAST = Theme(
    name="planner-high-contrast",
    dark=True,
    primary="#ffffff",
    secondary="#ff9dff",
    accent="#5ff5ff",
    success="#5dff7a",
    warning="#ffff00",
    error="#ff9a9a",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    variables={
        "text-success": "#5dff7a",
        "text-warning": "#ffff00",
        "text-error": "#ff9a9a",
        "text-accent": "#5ff5ff",
        "text-secondary": "#ff9dff",
        "text-primary": "#ffffff",
        "text-muted": "#e0e0e0",
        "block-cursor-background": "#00489e",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#303030",
        "border-blurred": "#a0a0a0",
        "footer-key-foreground": "#ffff00",
    },
)

# The themes by their readable names, in the order in which a key switches through them.
THEMES = {"dark": DARK, "light": LIGHT, "high-contrast": CONTRAST}
