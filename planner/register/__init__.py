"""The open register: its plan, the point in time at which it is read, and the argument of every read and write."""
