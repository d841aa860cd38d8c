"""Commands about the plans of a register: listing them, choosing one, and making a new one."""
