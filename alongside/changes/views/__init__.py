"""Pages of this room: home, findings and decisions, actions, the reply, and the reply as everybody reads
it."""
