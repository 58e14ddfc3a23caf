"""The phrases and the names of domain values."""

from datetime import date

from workstation.domain.edition import Edition
from workstation.domain.glossary import Glossary, Term
from workstation.domain.phrases import Phrase, Phrases, PhraseUse

EDITION = Edition("2026-1", date(2026, 1, 1), "某主任", sample=True, note="示例")
PHRASES = Phrases(
    EDITION,
    (
        Phrase("hello", PhraseUse.GREETING, "问候", "您好，请讲。", ("wen", "hou")),
        Phrase("where", PhraseUse.ASKING, "问地点", "在什么位置？", ("wen", "di", "dian")),
        Phrase("bye", PhraseUse.CLOSING, "结束语", "再见。", ("jie", "shu", "yu")),
    ),
)
GLOSSARY = Glossary(
    (
        Term("report", "反馈结果", "Report", "报告结果", "12345", "action"),
        Term("report", "举报", "Report a breach", "反映违法", "12345", "kind"),
    )
)


def test_phrases_are_found_by_initials_and_words() -> None:
    """
    Initials come first, words of title or text after them, and blanks find nothing.
    """
    assert [p.id for p in PHRASES.find("wd")] == ["where"]
    assert [p.id for p in PHRASES.find("W")] == ["hello", "where"]
    assert [p.id for p in PHRASES.find("再见")] == ["bye"]
    assert PHRASES.find("  ") == ()
    assert [p.id for p in PHRASES.find("w", limit=1)] == ["hello"]


def test_phrases_belong_to_a_moment_of_the_call() -> None:
    """
    Each moment of the call has its own lines.
    """
    assert [p.id for p in PHRASES.of(PhraseUse.CLOSING)] == ["bye"]


def test_the_same_word_means_different_things_in_different_groups() -> None:
    """
    The group tells the action from the kind; without one the first term speaks.
    """
    assert GLOSSARY.name("report", "kind") == "举报"
    assert GLOSSARY.name("report", "kind", english=True) == "Report a breach"
    assert GLOSSARY.name("report") == "反馈结果"


def test_a_value_without_a_term_names_itself() -> None:
    """
    A newer value is shown as it is rather than not at all.
    """
    assert GLOSSARY.name("brand_new", "state") == "brand_new"
    assert GLOSSARY.term("report", "state") is None
