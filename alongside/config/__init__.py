"""Settings, addresses, wiring, the command line and the server. Imports every room; no room imports it."""
