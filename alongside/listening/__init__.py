"""Cycles, rounds, access codes, raw answers. This room cannot name anybody: it knows no account and no address."""
