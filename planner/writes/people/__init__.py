"""The people of the register: adding and changing them, and giving the items of somebody who leaves to others."""
