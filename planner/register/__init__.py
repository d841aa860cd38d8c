"""The open register: its plan, the point in time at which it is read, and what each read and each write is given."""
