"""The weekly file as one page that opens without a network: pictures, tables, definitions.

It needs the extra `reports`.
"""
