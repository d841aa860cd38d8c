"""What every other part of the program may use. Nothing here knows the register."""
