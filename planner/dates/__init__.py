"""Dates as people type and read them. Inside the program and in its files a date is `datetime.date`, written as ISO."""
