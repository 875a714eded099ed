"""Finding -> decision -> action -> result, and the reply to everyone who was asked."""
