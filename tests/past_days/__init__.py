"""Asked for as of a past day, and as known then, the plan is as it was."""
