"""Which week of a programme it is. Expected weeks are counted by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from soleus.care.weeks import counted, is_easy, less_asked
from soleus.domain.care import Progress
from soleus.domain.finding import Side
from soleus.domain.training_log import Done, LoggedSession

from .test_progression import REGIMEN

TODAY = date(2026, 11, 22)
BRIDGE = Done("bridge", Side.BOTH, (10,))


def sessions(*ago: int) -> list[LoggedSession]:
    return [LoggedSession(TODAY - timedelta(days=a), (BRIDGE,)) for a in ago]


@pytest.mark.parametrize(
    ("ago", "week"),
    [
        ((), 1),
        ((6,), 1),
        ((7, 0), 2),
        ((21, 14, 7), 4),
        ((30, 23, 16), 1),  # 16 days away after three weeks: two back is the first, not the fifth
        ((44, 37, 30, 23, 16), 3),  # five weeks done, two back
        ((38, 31, 24, 17, 10), 5),  # ten days away: the fifth week again, not the sixth
        ((38, 31, 24, 17, 10, 1), 5),  # begun again yesterday: still the fifth
        ((46, 39, 32, 25, 18, 8, 1), 6),  # eight days after the fifth week began again
        ((100, 93, 86, 79), 1),  # eleven weeks away: from the start
        ((100, 93, 86, 79, 8, 1), 2),
    ],
)
def test_weeks_of_training_count_and_a_break_takes_some_back(ago: tuple[int, ...], week: int):
    assert counted(sessions(*ago), TODAY)[-1].week == week


def test_a_short_break_right_after_a_long_one_does_not_bring_the_work_back():
    last = counted(sessions(60, 11), TODAY)[-1]
    assert last.pause is not None
    assert (last.week, last.pause.volume) == (1, 0.5)


def test_a_visit_is_no_training():
    visit = LoggedSession(TODAY - timedelta(days=1), (), seen=TODAY)
    last = counted([*sessions(40), visit], TODAY)[-1]
    assert last.pause is not None
    assert last.pause.volume == 0.5


def test_every_fourth_week_is_easy_but_not_by_symptoms_and_not_where_nothing_grows():
    assert [n for n in range(1, 13) if is_easy(REGIMEN, n)] == [4, 8, 12]
    for rule in ("none", "symptoms"):
        assert not any(is_easy(replace(REGIMEN, progress=Progress(rule)), n) for n in range(1, 13))


def test_less_was_asked_in_easy_weeks_and_in_the_first_week_after_a_long_break():
    days = counted(sessions(90, 83, 76, 69, 20, 13, 6), TODAY)
    # day 69 ago is in week 4; day 20 ago is the first after seven weeks, and 13 ago the second week
    assert {(TODAY - d).days for d in less_asked(days, REGIMEN)} == {69, 20}
