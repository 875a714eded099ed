"""A domain is about the mean of its practices: what is kept back among them."""

from dataclasses import replace

from alongside.privacy.gate import RawCell, Shown, Withheld, release
from alongside.privacy.tests.gate_tables import Person, of_practices, spread, staff, tally


def shown(cells: list[RawCell]) -> set[str]:
    """Practices of the whole organization that are shown; "M" is the domain."""
    return {key.practice or "M" for key, figure in release(cells).items() if isinstance(figure, Shown)}


def kept_back(people: list[Person]) -> dict[str, set[str]]:
    """The practices of three that each unit keeps back; units that keep back none are left out."""
    found: dict[str, set[str]] = {}
    units = sorted({person.unit for person in people if person.unit})
    for key, figure in release(tally(people, {"M": ["M1", "M2", "M3"]}, units)).items():
        if key.unit and key.practice and isinstance(figure, Withheld):
            found.setdefault(key.unit, set()).add(key.practice)
    return found


def first_practice_skipped_once() -> list[Person]:
    """Unit a: all agree on the third practice, one person skips the first."""
    first, second = [None, *spread(8)], spread(9)
    return [Person("a", {"M1": one, "M2": two, "M3": 3}) for one, two in zip(first, second, strict=True)]


def moved(people: int) -> list[int]:
    """Levels that differ, in another order than `spread`."""
    return spread(people + 1)[1:]


def test_practices_that_are_safe_are_all_shown():
    assert shown(of_practices(M1=spread(8), M2=moved(8), M3=spread(8))) == {"M", "M1", "M2", "M3"}


def test_one_practice_takes_the_one_with_fewest_answers_with_it():
    answers = {"M1": [3] * 12, "M2": moved(12), "M3": [*moved(11), None], "M4": spread(12), "M5": spread(12)}
    assert shown(of_practices(**answers)) == {"M", "M2", "M4", "M5"}


def test_two_practices_that_all_call_lowest_take_a_third_with_them():
    answers = {"M1": [1] * 12, "M2": [1] * 12, "M3": moved(12), "M4": spread(12)}
    assert shown(of_practices(**answers)) == {"M", "M4"}


def test_domain_goes_when_all_its_practices_are_called_lowest_but_for_one_person():
    answers = {"M1": [1] * 12, "M2": [1] * 12}
    domain, *practices = of_practices(**answers)
    apart = replace(domain, mean=3.0, q1=2.0, q3=4.0, differing=4)
    assert shown([apart, *practices]) == set()


def test_only_practice_takes_its_domain_with_it():
    assert shown(of_practices(M1=[3] * 9)) == set()


def test_domain_that_is_kept_back_takes_one_practice_with_it():
    domain, *practices = of_practices(M1=spread(9), M2=moved(9), M3=[*spread(8), None])
    assert shown([replace(domain, differing=1), *practices]) == {"M1", "M2"}


def test_domain_that_few_answered_far_enough_takes_one_practice_with_it():
    first, second, third = [*spread(6), *[None] * 12], [*[None] * 6, *spread(6), *[None] * 6], None
    third = [*[None] * 12, *spread(6)]
    assert shown(of_practices(M1=first, M2=second, M3=third)) == {"M2", "M3"}


def test_practice_kept_back_in_one_unit_ends_as_a_closed_block():
    people = [Person("a", {"M1": 3, "M2": b, "M3": c}) for b, c in zip(spread(9), moved(9), strict=True)]
    for unit, size in (("b", 12), ("c", 15)):
        people += [
            Person(unit, {"M1": one, "M2": two, "M3": one})
            for one, two in zip(spread(size), moved(size), strict=True)
        ]
    released = release(tally(people, {"M": ["M1", "M2", "M3"]}, "abc"))
    kept_back = {(key.unit, key.practice) for key, figure in released.items() if isinstance(figure, Withheld)}
    assert kept_back == {("a", "M1"), ("a", "M2"), ("b", "M1"), ("b", "M2")}


def test_practice_that_is_kept_back_in_other_units_goes_before_one_with_fewer_answers():
    people = [
        Person("a", {"M1": 3, "M2": one, "M3": two})
        for one, two in zip([None, *spread(8)], spread(9), strict=True)
    ]
    for unit in "bc":
        people += [Person(unit, {"M1": one, "M2": one, "M3": 3}) for one in spread(12)]
    released = release(tally(people, {"M": ["M1", "M2", "M3"]}, "abc"))
    found = [type(released[staff("a", practice)]) for practice in ("M1", "M2", "M3")]
    assert found == [Withheld, Shown, Withheld]


def test_practice_that_another_unit_keeps_back_alone_goes_first():
    people = first_practice_skipped_once()
    people += [Person("b", {"M1": 3, "M2": 3, "M3": one}) for one in spread(12)]
    people += [Person("c", {"M1": 3, "M2": one, "M3": one}) for one in spread(15)]
    assert kept_back(people) == {"a": {"M2", "M3"}, "b": {"M1", "M2"}, "c": {"M1", "M3"}}


def test_practice_that_another_unit_keeps_back_alone_goes_not_first_where_people_of_no_unit_hide_it():
    people = first_practice_skipped_once()
    people += [Person("b", {"M1": one, "M2": 3, "M3": one}) for one in spread(12)]
    people += [Person(None, {"M1": one, "M2": one, "M3": one}) for one in spread(12)]
    assert kept_back(people)["a"] == {"M1", "M3"}


def test_units_that_keep_back_the_same_practices_need_no_third():
    people = [Person("a", {"M1": one, "M2": two}) for one, two in zip(spread(8), moved(8), strict=True)]
    for unit in "bc":
        people += [Person(unit, {"M1": 3, "M2": level}) for level in spread(9)]
    released = release(tally(people, {"M": ["M1", "M2"]}, "abc"))
    assert [type(released[staff("a", practice)]) for practice in ("M1", "M2")] == [Shown, Shown]


def test_column_that_was_closed_is_looked_at_again():
    people = [
        Person(unit, {"M1": level, "M2": level, "M3": 3 if unit == "c" else level})
        for unit, size in (("a", 9), ("b", 12), ("c", 15)) for level in spread(size)
    ]
    cells = tally(people, {"M": ["M1", "M2", "M3"]}, "abc")
    released = release([cell for cell in cells if cell.key != staff("c", practice=None)])
    kept_back = {(key.unit, key.practice) for key, figure in released.items() if isinstance(figure, Withheld)}
    assert kept_back == {("a", "M1"), ("a", "M3"), ("c", "M1"), ("c", "M3")}


def test_block_of_two_units_and_two_practices_that_pin_one_another_is_widened():
    people = [Person("a", {"M1": 5, "M2": level}) for level in [2] * 7 + [1, 4]]
    people += [Person("b", {"M1": level, "M2": 1}) for level in spread(6)] + [Person("b", {"M1": 4, "M2": 2})]
    released = release(tally(people, {"M": ["M1", "M2"]}, "ab"))
    shown = {(key.unit, key.practice) for key, figure in released.items() if isinstance(figure, Shown)}
    assert shown == {(None, None), (None, "M1"), (None, "M2")}


def test_practice_kept_back_in_the_whole_is_kept_back_in_each_unit():
    people = [Person(unit, {"M1": 3, "M2": level, "M3": level}) for unit in "abc" for level in spread(9)]
    released = release(tally(people, {"M": ["M1", "M2", "M3"]}, "abc"))
    assert {type(released[staff(unit, "M2")]) for unit in (None, "a", "b", "c")} == {Withheld}


def test_practices_without_a_domain_figure_stand_by_themselves():
    _, *practices = of_practices(M1=[3] * 9, M2=spread(9))
    assert shown(practices) == {"M2"}
