"""Measurements that a promise of speed rests on. `make bench` runs them and prints one table."""
