"""What knows no domain: how long a table holds what (`Held`), ids that tell nothing, private files."""
