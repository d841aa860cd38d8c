"""The parts of the item's screen."""
