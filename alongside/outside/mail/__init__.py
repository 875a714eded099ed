"""Mail to everyone asked: lists of addresses, and messages in neutral words. Knows no answer and no code."""
