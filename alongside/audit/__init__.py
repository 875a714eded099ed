"""Who of the staff did which act to which thing, on which day; never what was written, never who answered."""
