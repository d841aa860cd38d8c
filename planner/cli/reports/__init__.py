"""Commands with which officers and managers report."""
