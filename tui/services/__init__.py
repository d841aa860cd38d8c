"""What the app does for all of its screens. The shell holds one object of each service."""
