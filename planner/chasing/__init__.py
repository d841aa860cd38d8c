"""Write a message to each lead organisation about the items that need its answer. The program sends no messages."""
