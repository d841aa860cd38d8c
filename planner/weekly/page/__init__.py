"""The weekly file as one HTML page that opens without a network, with charts, tables and definitions.

It needs the extra `reports`.
"""
