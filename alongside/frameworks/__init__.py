"""Frameworks: what an organization is asked about, as dated and versioned files.

A framework has domains, a domain has practices, and a practice is one observable thing with an item in the
words of each voice, prompts for talks, and documents that would show it. This room reads those files, refuses
the ones that break a rule (saying where), and makes the instrument: the frozen snapshot of what one voice is
asked. Nothing is kept in a table.
"""
