"""Reading and showing dates for people.

Inside the program and in files, a date is a `datetime.date`, written as ISO.
"""
