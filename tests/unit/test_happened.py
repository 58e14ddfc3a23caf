"""When a matter happened, in the caller's words."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.errors import InvalidValue
from workstation.domain.happened import check_happened, read_happened

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=timezone(timedelta(hours=8)))


@pytest.mark.parametrize(
    "words",
    [
        "昨晚十点左右",
        "连续三天",
        "每天22:00到次日6:30",
        "从3月到现在",
        "11月5日晚8点30分",
        "12月25日",
        "2025年12月25日",
        "上周六24:00前后",
        "比分3:1",
        "楼上住户，电话0632-5550123",
        "工单号202613450001",
        "2月28日",
        "2024年2月29日",
        "今年2月",
        "２０２６年１１月２２日",
        "5点钟",
        "",
        "2026-11-23 09:55",
        "2026-11-23 10:04",
        "2026-11-23",
        "2026-11-23，大概",
        "98年3月",
        "十一月五日晚上八点三十分",
        "二零二六年十一月二十二日",
        "六七点钟，连着两三点",
        "十五六号",
        "一百三十二号院",
        "32号楼",
        "住在45号的邻居",
        "70分钟",
        "七十分钟左右",
        "三分之二的时间",
        "每天24/7",
        "占了2/3",
        "1/35",
        "2/28",
        "2025年底",
        "26-11-20",
        "26.11.20",
        "20/11/2026",
        "11/20/2026",
        "20-11-26",
        "31-12-25",
        "5月到11月",
        "早一点",
        "31号",
        "3-2-101",
    ],
)
def test_what_a_caller_says_is_kept(words: str) -> None:
    """
    Free words and dates that can be are kept exactly as they were said.
    """
    assert check_happened(words, NOW) == words


@pytest.mark.parametrize(
    "words",
    [
        "2026-02-30",
        "2026/13/01",
        "2026.4.31",
        "13月5日",
        "2月30日",
        "2月29日",
        "2026年2月30日",
        "26年2月30日",
        "2026年13月",
        "20260230",
        "25:10",
        "昨天25：10",
        "22:61",
        "22:10:77",
        "24:01",
        "25点",
        "8点75分",
        "8时75分",
        "二月三十日",
        "二〇二六年二月三十日",
        "二零二六年十三月",
        "四月三十一号",
        "2/30",
        "4/31晚上",
        "26-02-30",
        "26.2.30",
        "30/2/2026",
        "32号",
        "上月32号晚上",
        "三十二号下午",
        "70分",
        "七十分",
        "二十五点",
    ],
)
def test_an_impossible_date_is_refused(words: str) -> None:
    """
    A date or time of day in figures that cannot be is refused.
    """
    with pytest.raises(InvalidValue) as refused:
        check_happened(words, NOW)

    assert (refused.value.field, refused.value.problem) == ("happened", "impossible_date")


@pytest.mark.parametrize(
    "words",
    [
        "2026-11-24",
        "2027年1月1日",
        "20270101",
        "2026-11-23 10:06",
        "2026年11月23日15时",
        "9999年",
        "2027年",
        "26-12-30",
        "30/12/2026",
        "二零二七年",
    ],
)
def test_a_date_in_the_future_is_refused(words: str) -> None:
    """
    A matter cannot have happened tomorrow, nor later today.
    """
    with pytest.raises(InvalidValue) as refused:
        check_happened(words, NOW)

    assert refused.value.problem == "future_date"


def test_a_date_before_1949_is_too_old() -> None:
    """
    A date before 1949 is refused as too old.
    """
    with pytest.raises(InvalidValue) as refused:
        check_happened("1948-12-31", NOW)

    assert (refused.value.problem, refused.value.facts) == ("too_old", {"year": 1948, "earliest": 1949})


def test_full_dates_are_read() -> None:
    """
    The dates that are written out in full can be used by a machine.
    """
    read = read_happened("2026年11月5日和2026-11-20两次，11月21日又来", NOW)

    assert set(read.dates) == {date(2026, 11, 5), date(2026, 11, 20)}


@given(st.text(max_size=40) | st.text("0123456789-/.:年月日点分 ", max_size=20))
def test_words_are_refused_or_unchanged(words: str) -> None:
    """
    Whatever is typed, it is kept unchanged or refused with one of the known reasons.
    """
    try:
        kept = check_happened(words, NOW)
    except InvalidValue as refused:
        problem = refused.problem
    else:
        assert kept == words
        problem = ""

    assert problem in {"", "impossible_date", "future_date", "too_old"}
