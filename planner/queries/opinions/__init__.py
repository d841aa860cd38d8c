"""The three opinions about an item: its officer's rating, the computed schedule, and an assessment."""
