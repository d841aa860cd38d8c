"""The acts that change the plan during the year, as data: the fields of each, and the write that they lead to."""
