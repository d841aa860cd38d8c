"""The charts of the page, one module per chart: the drawing, the text around it, and the table of its numbers."""
