"""Alongside: find out how survivor-informed an organization is, change what is found, tell people what became of it.

Each folder is a room with one purpose; `docs/start-here.md` is the map. Rooms talk through `api.py` alone.
"""

__version__ = "0.1.0"
