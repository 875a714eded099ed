"""Everything beyond this machine, one folder an adapter. Each works by hand first."""
