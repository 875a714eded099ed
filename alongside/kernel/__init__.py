"""Value types that know no domain: what a table holds and for how long (`Held`), ids that tell nothing."""
