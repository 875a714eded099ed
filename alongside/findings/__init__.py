"""From answers to the profile: scores, gaps, trends, reviewed comments. The last room that sees an answer."""
