"""`make attack`: the attacker on released figures, the forensic on raw database files, hostile input; one summary."""
