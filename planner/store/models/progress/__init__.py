"""The mapped classes about the progress of items: what officers report and ask for, and the answers."""
