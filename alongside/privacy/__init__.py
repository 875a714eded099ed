"""The gate that every figure passes (`gate`), the sealing of words at rest (`sealing`), and the purge."""
