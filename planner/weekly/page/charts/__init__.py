"""The pictures of the page, a module each: what is drawn, what is told beside it, and the numbers behind it."""
