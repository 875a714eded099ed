"""What a reply says, and what it still needs."""

import pytest

from alongside.changes.rules import replying as rules
from alongside.changes.rules.refusals import LooksLikeAQuote, NotAnsweredYet, ReplyIncomplete
from alongside.changes.rules.replying import Gap, Heading, Line, Text

COMPLETE = Text("en", "Thank you", "Bye", (Line("1", "Rules", "New ones"),))


@pytest.mark.parametrize(("choice", "states", "heading"), [
    ("do", [], Heading.WILL), ("do", ["promised"], Heading.WILL), ("do", ["done", "promised"], Heading.WILL),
    ("do", ["done"], Heading.DID), ("do", ["done", "dropped"], Heading.DID),
    ("do", ["dropped"], Heading.CANT), ("later", [], Heading.LATER), ("wont", [], Heading.CANT),
])
def test_heading_is_earned_by_decision_and_actions(choice, states, heading):
    assert rules.heading_of(choice, states) == heading


def test_gaps_name_what_each_language_lacks():
    half = Text("es", "", " ", (Line("1", "Reglas", "Nuevas"), Line("2", "Pago", " ")))
    assert rules.gaps([COMPLETE, half]) == (Gap("es", True, True, (2,)),)


@pytest.mark.parametrize("words", [
    "They wrote “nobody ever asked me”", 'One said "nobody ever asked me"', "Dijo «nadie me ha preguntado»",
])
def test_quotes_are_seen_in_every_kind_of_marks(words):
    assert len(rules.quotes_in(words)) == 1


@pytest.mark.parametrize("words", [
    "We can't and won't say it's ours", "The “house rules” are new", "Nobody asked us",
])
def test_quotes_are_not_apostrophes_or_names(words):
    assert rules.quotes_in(words) == ()


def test_quotes_are_looked_for_everywhere():
    line = Line("1", "“a b c”", "“d e f”")
    assert rules.quotes([Text("en", "“o p q”", "“x y z”", (line,))]) == ("o p q", "a b c", "d e f", "x y z")


def test_publishing_needs_every_finding_decided():
    with pytest.raises(ReplyIncomplete):
        rules.ensure_publishable((COMPLETE,), undecided=1, own_words=True)


@pytest.mark.parametrize("lacking", [
    (), (Text("en", "", "Bye"),), (Text("en", "Hi", ""),),
    (COMPLETE, Text("es", "Hola", "Adiós", (Line("1", "", "x"),))),
])
def test_publishing_needs_every_language_complete(lacking):
    with pytest.raises(ReplyIncomplete):
        rules.ensure_publishable(lacking, undecided=0, own_words=True)


def test_publishing_a_quote_needs_a_second_look():
    quoted = Text("en", "“nobody ever asked me”", "Bye")
    with pytest.raises(LooksLikeAQuote):
        rules.ensure_publishable((quoted,), undecided=0, own_words=False)


def test_publishing_own_words_in_marks_is_possible_after_a_look():
    quoted = Text("en", "“We ask again in May”", "Bye")
    assert rules.ensure_publishable((quoted,), undecided=0, own_words=True) is None


@pytest.mark.parametrize("published", [[], ["en"]])
def test_a_cycle_is_not_answered_before_every_language_is_published(published):
    with pytest.raises(NotAnsweredYet):
        rules.ensure_answered(["en", "es"], published)


def test_the_published_form_gives_back_what_was_written():
    written = Text("en", "Thank you", "Bye", (Line("", "Rules", "New ones", Heading.DID),))
    assert rules.from_plain(rules.to_plain([written]), "en") == written
