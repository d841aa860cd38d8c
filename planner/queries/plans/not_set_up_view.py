"""What is not set up yet, as a value that the app can receive before it imports the database."""

from planner.base.views import value_class


@value_class
class NotSetUp:
    """Something that is missing, and the command that adds it."""

    what: str
    do: str
