"""The data files of a plan: reading, checking and loading them. Loading the same files twice changes nothing."""
