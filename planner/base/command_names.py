"""Naming a command of the program in a message. Callers name the fields; this module writes them as options."""


def command_with(name: str, **fields: str) -> str:
    """Return a command with an option for each field. An empty text stands for an option without a value."""
    # docs/decisions/0054: the core names fields; this is the only place that spells options for it.
    options = (f"--{field.replace('_', '-')} {text}".rstrip() for field, text in fields.items())
    return " ".join((f"planner {name}", *options))
