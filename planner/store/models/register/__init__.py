"""The mapped classes about the register itself: its kinds of items, its changes during the year, and its imports."""
