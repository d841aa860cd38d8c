"""Naming a command of the program in a message. The message says which fields are to be given, not how options look."""


def command_with(name: str, **fields: str) -> str:
    """Return a command with an option for each field. An empty value is for an option that takes none."""
    # docs/decisions/0054: the core names fields; this is the only place that spells options for it.
    options = (f"--{field.replace('_', '-')} {text}".rstrip() for field, text in fields.items())
    return " ".join((f"planner {name}", *options))
