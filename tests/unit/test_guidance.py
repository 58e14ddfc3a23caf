"""Words in context, dangers, police matters and the four lists, on the sample pack."""

import pytest

from workstation.adapters.content_yaml import read_content
from workstation.domain.guidance import GuidanceList, ReasonKind, matching
from workstation.domain.safety import dangers, police_matters
from workstation.domain.triggers import Grammar, Trigger, hits
from workstation.settings import RESOURCES

CONTENT = read_content(RESOURCES)
GRAMMAR = Grammar("。？", "，", ("没有", "未"), ("担心", "容易"))


@pytest.mark.parametrize(
    ("said", "danger"),
    [
        ("我家厨房着火了，快来人", "fire"),
        ("厨房一股煤气味很浓", "gas_leak"),
        ("挖掘机把天然气管道挖断了", "gas_leak"),
        ("有人触电了倒在地上", "electric"),
        ("高压线被风刮断掉在地上", "electric"),
        ("我妈昏迷不醒", "medical"),
        ("他喝了农药", "medical"),
        ("房子塌了刚才有人在里面", "collapse"),
        ("我们困在电梯里面出不来", "collapse"),
        ("有人落水了", "drowning"),
        ("路口主管道爆了，大水往车库里灌", "water_burst"),
        ("停电了我爸用呼吸机", "power_risk"),
        ("暖气管爆了喷热水烫伤人", "heat_burst"),
        ("刚才路口撞人了躺在地上", "traffic_injury"),
        ("油罐车侧翻了", "chemical"),
        ("有人站在楼顶要跳楼", "suicide"),
        ("他拿着刀追人", "weapon"),
    ],
)
def test_present_danger_is_found(said: str, danger: str) -> None:
    """
    Each kind of danger is heard in the words people use.
    """
    assert danger in [found.id for found in dangers(CONTENT.safety, said)]


@pytest.mark.parametrize(
    "said",
    [
        "燃气公司送气收费太高，换一瓶要一百三",
        "天然气灶打不着火",
        "楼道堆满杂物，担心着火",
        "现场没有着火，也没有人受伤",
        "小区没有消防栓，容易失火",
        "厂里烟囱天天浓烟滚滚",
        "去年这里着火了也没人管",
        "水压太低，高层没水",
        "停电三个小时了，什么时候来电",
        "电梯坏了半个月没人修",
        "我妈看病住院，昏迷了三天才转院",
    ],
)
def test_a_bare_word_is_no_danger(said: str) -> None:
    """
    Denied, supposed, past and merely named dangers raise no alarm.
    """
    assert dangers(CONTENT.safety, said) == ()


@pytest.mark.parametrize(
    ("said", "matter"),
    [
        ("我的电动车被偷了", "theft"),
        ("楼下打起来了", "fight"),
        ("有人冒充客服让我转账，骗走三万元", "fraud"),
        ("他说要弄死我", "threat"),
        ("我家老人走丢了", "missing_person"),
        ("我老公家暴", "domestic_violence"),
        ("楼上有人聚众赌博", "gambling"),
        ("前面那个司机喝酒开车", "drink_driving"),
        ("我要投诉民警态度不好", "police_conduct"),
    ],
)
def test_police_matter_is_named(said: str, matter: str) -> None:
    """
    A matter of the police's own is named, so it never becomes an order.
    """
    assert matter in [found.id for found in police_matters(CONTENT.safety, said)]


@pytest.mark.parametrize("said", ["老板偷工减料", "企业偷排污水", "老师打学生", "抢购排队", "我拼命工作他不发工资"])
def test_crime_words_in_plain_complaints_are_left_alone(said: str) -> None:
    """
    Words that only sound like a crime stop no order.
    """
    assert police_matters(CONTENT.safety, said) == ()


@pytest.mark.parametrize(
    ("said", "category", "item"),
    [
        ("老板拖欠工资三个月", "", "DV-01"),
        ("楼下广场舞太吵", "020103", "DV-02"),
        ("我对法院判决不服", "", "NA-01"),
        ("法院已经判了我不服要求重新处理", "", "NA-01"),
        ("劳动仲裁裁决书下来了公司不认", "", "NA-02"),
        ("举报镇长受贿", "", "NA-03"),
        ("我借给他五万元，打了欠条他不还", "", "NA-09"),
        ("身份证在哪里办，几点上班", "110101", "DA-01"),
        ("驾照到期了怎么换", "", "DA-06"),
        ("", "160101", "DV-10"),
    ],
)
def test_the_right_item_speaks_first(said: str, category: str, item: str) -> None:
    """
    Words and category together lead to the item of the list.
    """
    assert matching(CONTENT.guidance, CONTENT.safety, said, category)[0].item.id == item


def test_danger_vetoes_every_other_item() -> None:
    """
    Whoever smells gas at home is never sent to the complaint desk, whatever the category says.
    """
    found = matching(CONTENT.guidance, CONTENT.safety, "物业不管，现在家里煤气味很浓，头晕", "140101")

    assert [match.list for match in found] == [GuidanceList.LINKAGE]
    assert found[0].item.id == "LK-02"
    assert found[0].reasons[0].kind is ReasonKind.DANGER


def test_an_item_is_found_by_its_number() -> None:
    """
    An item that an incident names is found in whichever list it stands; a number of nobody is not.
    """
    assert CONTENT.guidance.item("NA-01") in CONTENT.guidance.not_accepted
    assert CONTENT.guidance.item("XX-01") is None


def test_a_trigger_reads_its_sentence() -> None:
    """
    Near and unless look at the sentence; denial looks only at the clause before the word.
    """
    trigger = Trigger(("着火",), near=("楼",), unless=("灶",))

    assert hits(trigger, "楼上着火", GRAMMAR) == ("着火", "楼")
    assert hits(trigger, "楼上有人。着火", GRAMMAR) == ()
    assert hits(trigger, "楼上" + "的" * 40 + "着火", GRAMMAR) == ()
    assert hits(trigger, "楼上灶着火", GRAMMAR) == ()
    assert hits(trigger, "没有人，楼上着火", GRAMMAR, asserted=True) == ("着火", "楼")
    assert hits(trigger, "楼上没有着火", GRAMMAR, asserted=True) == ()
    assert hits(trigger, "楼上没有着火，楼下着火", GRAMMAR, asserted=True) == ("着火", "楼")
    assert hits(trigger, "担心楼上着火", GRAMMAR, asserted=True) == ()
