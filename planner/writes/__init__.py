"""Functions that change the register.

Each one runs in a single transaction, so the change and its audit event are committed together or not at all.
"""
