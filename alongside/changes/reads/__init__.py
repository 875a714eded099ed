"""Looking at findings, actions, the reply, and where the loop stands. Every read starts from the actor."""
