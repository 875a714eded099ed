"""What is held, for how long, and what stops it from being deleted. A *table* is one kind of data with the words it
says about itself (`held`); a *legal hold* is a duty not to delete. The page "What we hold" is made here."""
