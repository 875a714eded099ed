"""Hostile input at every address: what is tried (`values`), where (`doors`), and how it is judged (`firing`)."""
