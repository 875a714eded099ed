"""The staff pages of this room: cycles, rounds, and the import of answers given elsewhere."""
