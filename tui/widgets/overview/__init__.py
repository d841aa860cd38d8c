"""The widgets of the Overview screen."""
