"""Staff accounts, sign-in, memberships, invitations; makes a session an Actor. Clients have no accounts."""
