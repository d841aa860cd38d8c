"""The weekly file as one HTML page with charts, tables and definitions. The page opens without a network.

It needs the extra `reports`.
"""
