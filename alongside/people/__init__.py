"""Accounts of staff, sign-in, memberships and invitations; turns a session into an Actor. Clients never have accounts."""
