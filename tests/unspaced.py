"""Made news in scripts that put no spaces between words, as lists of words, and copies of it that were edited."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """What sentences are made of.

    Attributes:
        templates: sentences, as words and names of slots; the words stand between spaces here, and nowhere else.
        slots: what each slot may hold; a filling may have slots of its own.
        mark: how a sentence ends.
        letters: what a word that replaces another is made of: syllables that the slots do not hold.
    """

    templates: str
    slots: dict[str, str]
    mark: str
    letters: str


CHINESE = Language(
    templates="""TIME ， PLACE OFFICE ANNOUNCES ， 当地 将 ACTION THING 。
记者 从 PLACE OFFICE 了解 到 ， NUMBER 名 PEOPLE TIME ACTION 了 THING 。
NAME 在 接受 采访 时 表示 ， THING 的 QUALITY 比 去年 提高 了 百分之 NUMBER 。
据 介绍 ， PLACE 的 THING 始 建 于 NUMBER 年前 ， 一直 由 PEOPLE 管理 。
OFFICE 负责人 NAME 说 ， 下 一 步 要 ACTION THING ， 让 PEOPLE 放心 。
TIME ， NUMBER 位 PEOPLE 来到 PLACE ， 参观 了 THING 。
不过 ， 也 有 PEOPLE 认为 ， ACTION THING 需要 NUMBER 万元 ， QUALITY 难以 保证 。
受 WEATHER 影响 ， PLACE 至 PLACE 的 交通 TIME 一 度 中断 。
NAME 是 PLACE 的 一 名 PEOPLE ， 从事 这 项 工作 已经 NUMBER 年 。
统计 显示 ， 今年 PLACE 共 ACTION THING NUMBER 处 ， QUALITY 明显 改善 。
“ 我们 每天 都 要 检查 THING 的 QUALITY ” ， NAME 告诉 记者 。
此前 ， PLACE OFFICE 曾 因 WEATHER 推迟 ACTION THING 。""",
    slots={
        "TIME": "昨天下午 本周三 上个月底 今年春天 十月中旬 周末清晨 日前 节日期间 去年冬天 前天夜里",
        "PLACE": "FIRST SECOND",
        "FIRST": "清河 石门 白沙 临江 东湖 玉泉 古田 金坛 凤山 龙潭 桃源 双桥 云峰 平谷 沙洲 松林 红岭 月湾 梅岭 柳河",
        "SECOND": "县 镇 区 市 乡",
        "OFFICE": "水利局 气象台 博物馆 农业合作社 铁路公司 渔业协会 第一中学 消防队 图书馆 人民医院 交通委员会 文化馆",
        "ANNOUNCES": "宣布 发布消息称 通报 表示 对外公布",
        "ACTION": "修缮 扩建 检修 开放 改造 购置 清点 搬迁 拍卖 登记 加固 粉刷",
        "THING": "KIND OBJECT",
        "KIND": "老旧 北岸 新建 三座 废弃 全部 明代 临时 木制 公共 沿街 山间 中心 备用 社区",
        "OBJECT": "水塔 石桥 码头 粮仓 体育馆 渡船 路灯 书院 梯田 温室 钟楼 菜市场 供暖管道 电缆 果园 校车 戏台 堤坝",
        "PEOPLE": "村民 工程师 志愿者 渔民 教师 司机 退休工人 学生 果农 游客 医生 木匠 商户 管理员",
        "NAME": "FAMILY GIVEN",
        "FAMILY": "王 李 赵 孙 周 吴 郑 冯 陈 褚 卫 蒋 沈 韩 杨 朱 秦 许 何 吕",
        "GIVEN": "建国 小梅 文斌 秀兰 志强 海燕 德明 春生 玉珍 立新 晓东 桂英 永福 雪莲 大伟 丽华 振华 美玲 国庆 思远",
        "QUALITY": "质量 安全性 使用率 通行能力 服务水平 产量 保温效果 利润",
        "WEATHER": "暴雨 大雾 台风 降雪 沙尘 高温",
        "NUMBER": "三 七 十二 十五 二十一 三十六 四十 五十八 六十四 七十九 八十三 九十五 一百二十 二百三十 四百",
    },
    mark="。",
    letters="甲乙丙丁戊己庚辛壬癸",
)

THAI = Language(
    templates="""TIME OFFICE PLACE ANNOUNCES ว่า จะ ACTION THING
NAME กล่าว ว่า QUALITY ของ THING ดีขึ้น กว่า ปีก่อน ร้อยละ NUMBER
PEOPLE จำนวน NUMBER คน เดินทาง มา ที่ PLACE เพื่อ ชม THING
ผู้สื่อข่าว รายงาน จาก PLACE ว่า PEOPLE ช่วยกัน ACTION THING เมื่อ TIME
ทั้งนี้ THING ใน PLACE สร้าง มา แล้ว NUMBER ปี โดย มี PEOPLE เป็น ผู้ดูแล
NAME หัวหน้า OFFICE ระบุ ว่า ขั้นต่อไป ต้อง ACTION THING ให้ PEOPLE มั่นใจ
อย่างไรก็ตาม PEOPLE บางส่วน เห็นว่า การ ACTION THING ต้อง ใช้ เงิน NUMBER ล้านบาท
เนื่องจาก WEATHER การจราจร ระหว่าง PLACE กับ PLACE ต้อง หยุด ชั่วคราว TIME
NAME เป็น PEOPLE ใน PLACE ทำงาน นี้ มา นาน NUMBER ปี
จาก สถิติ ปีนี้ PLACE ได้ ACTION THING แล้ว NUMBER แห่ง ทำให้ QUALITY สูงขึ้น
เรา ตรวจ QUALITY ของ THING ทุกวัน NAME บอก กับ ผู้สื่อข่าว
ก่อนหน้านี้ OFFICE PLACE เคย เลื่อน การ ACTION THING เพราะ WEATHER""",
    slots={
        "TIME": "เมื่อวานนี้ วันพุธ สิ้นเดือนก่อน เช้ามืด กลางเดือนตุลาคม ช่วงเทศกาล ฤดูหนาว สัปดาห์นี้ คืนวันเสาร์ หลังเที่ยง",
        "PLACE": "SECOND FIRST",
        "FIRST": """เชียงใหม่ ลำปาง น่าน แพร่ ขอนแก่น นครพนม สกลนคร สุรินทร์ ยโสธร ตราด จันทบุรี ระยอง ชุมพร ระนอง พังงา ตรัง
พัทลุง สงขลา กระบี่ สุโขทัย""",
        "SECOND": "จังหวัด เมือง ตลาด ท่าเรือ ชายแดน",
        "OFFICE": """สำนักงานชลประทาน โรงพยาบาล เทศบาล พิพิธภัณฑ์ สหกรณ์การเกษตร การรถไฟ สมาคมประมง หอสมุด โรงเรียนมัธยม
สถานีดับเพลิง กรมอุตุนิยมวิทยา วิทยาลัยเทคนิค""",
        "ANNOUNCES": "ประกาศ แถลง ชี้แจง เปิดเผย ยืนยัน",
        "ACTION": "ซ่อมแซม ขยาย ทาสี เปิด ปรับปรุง จัดซื้อ ตรวจนับ ย้าย ประมูล ขึ้นทะเบียน เสริมกำลัง ทำความสะอาด",
        "THING": "OBJECT KIND",
        "KIND": """เก่าแก่ ริมแม่น้ำ หลังใหม่ สามแห่ง ที่ทิ้งร้าง ทั้งหมด สมัยอยุธยา ชั่วคราว ไม้สัก สาธารณะ ริมถนน บนภูเขา กลางเมือง
สำรอง ของชุมชน""",
        "OBJECT": """หอเก็บน้ำ สะพานหิน ท่าเทียบเรือ ยุ้งข้าว โรงยิม เรือข้ามฟาก เสาไฟ โรงหนัง นาขั้นบันได เรือนกระจก หอนาฬิกา
ตลาดสด ท่อประปา สายไฟ สวนผลไม้ รถโรงเรียน เวทีลิเก เขื่อนดิน""",
        "PEOPLE": """ชาวบ้าน วิศวกร อาสาสมัคร ชาวประมง ครู คนขับรถ คนงานเกษียณ นักเรียน ชาวสวน นักท่องเที่ยว แพทย์ ช่างไม้
พ่อค้า ผู้จัดการ""",
        "NAME": "FAMILY GIVEN",
        "FAMILY": "นาย นาง นางสาว ดร. ร้อยตรี",
        "GIVEN": """สมชาย มาลี วิชัย สุดา ประเสริฐ อรทัย บุญมี กมล พรทิพย์ ธีระ จันทร์เพ็ญ อนันต์ วาสนา สุริยา ลำไย เกรียงไกร ปราณี
ณรงค์ ดวงใจ สายฝน""",
        "QUALITY": "คุณภาพ ความปลอดภัย จำนวนผู้ใช้ กำลังผลิต การบริการ ผลผลิต อุณหภูมิ กำไร",
        "WEATHER": "ฝนตกหนัก หมอกลงจัด พายุโซนร้อน น้ำท่วม ลมแรง อากาศร้อนจัด",
        "NUMBER": "สาม เจ็ด สิบสอง สิบห้า ยี่สิบเอ็ด สามสิบหก สี่สิบ ห้าสิบแปด หกสิบสี่ เจ็ดสิบเก้า แปดสิบสาม ร้อยยี่สิบ สองร้อย",
    },
    mark=" ",
    letters="ฆฌฎฏฐฑฒฬฮฅ",
)


def sentences(language: Language, seed: object, count: int) -> list[list[str]]:
    """Return sentences as lists of words; the same ones for the same seed."""
    chance = random.Random(str(seed))
    templates = language.templates.splitlines()
    return [_filled(language, chance.choice(templates).split(), chance) for _ in range(count)]


def _filled(language: Language, listed: Sequence[str], chance: random.Random) -> list[str]:
    filled = []
    for word in listed:
        if word in language.slots:
            choices = language.slots[word].split()
            nested = word in ("PLACE", "THING", "NAME")
            filled += _filled(language, choices if nested else [chance.choice(choices)], chance)
        else:
            filled.append(word)
    return filled


def edited(language: Language, story: list[list[str]], count: int, seed: object) -> list[list[str]]:
    """Return sentences of which so many words were replaced by words that no other text has."""
    chance = random.Random(str(seed))
    copy = [list(words) for words in story]
    places = [(row, column) for row, words in enumerate(copy) for column, word in enumerate(words) if word[0].isalpha()]
    for row, column in chance.sample(places, count):
        copy[row][column] = "".join(chance.choices(language.letters, k=2 if language is CHINESE else 4))
    return copy


def text_of(language: Language, story: list[list[str]]) -> str:
    """Return sentences as a text, three in a paragraph."""
    told = ["".join(words).rstrip("。") + language.mark for words in story]
    return "\n\n".join("".join(told[start : start + 3]) for start in range(0, len(told), 3))
