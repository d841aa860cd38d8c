"""Mandate versions proposed from texts. The program proposes clauses and a crosswalk; people review and adopt them."""
