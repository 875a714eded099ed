"""Pure decisions of this room: where on the loop a cycle stands, what may be decided, what a reply needs."""
