"""The organization, its units, the words and languages it chose, and who supports people in distress."""
