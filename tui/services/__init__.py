"""The services that the app offers to all of its screens. `tui.shell.Shell` holds one object of each service."""
