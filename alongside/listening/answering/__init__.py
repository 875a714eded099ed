"""The pages of people who answer. Answers travel inside the form; nothing is kept until "Send my answers"."""
