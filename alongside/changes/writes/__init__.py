"""Changing findings, decisions, actions and the reply. Whole or not at all, permission asked again,
recorded."""
