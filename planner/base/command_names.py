"""Writes a command of the program with its options, for messages that suggest the command."""


def command_with(name: str, /, **fields: str) -> str:
    """Return a command with an option for each field. For an empty text, the option has no value."""
    # docs/decisions/0054: the core names fields; this is the only place that spells options for it.
    options = (f"--{field.replace('_', '-')} {text}".rstrip() for field, text in fields.items())
    return " ".join((f"planner {name}", *options))
