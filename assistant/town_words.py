"""How questions name municipalities: data tables, each with its reason. No table holds a town."""

from __future__ import annotations

import re

# What ends a municipality's name, as it is written and as it is read.
SUFFIX = re.compile(r"(?:市|町|村|区)$")
READING_SUFFIX = re.compile(r"(?:ちょう|まち|むら|そん|し)$")
# Either reading of the last letter is typed for either: few know whether a town is a ちょう or a まち.
SUFFIX_READINGS = {"町": ("ちょう", "まち"), "村": ("むら", "そん"), "市": ("し",)}
# The last letter in Roman letters, behind a name in Roman letters: 「-cho」「 Town」.
ROMAN_SUFFIX = re.compile(r"[ -]?(?:chou?|machi|mura|son|shi|ku|town|village|city|ward)(?![a-z])|[市町村](?!長)")
LONG_VOWELS = str.maketrans("āīūēōâîûêô", "aiueoaiueo")

# What may follow a name without 町 when it names the town: a particle, a copula, an end. In any other hiragana a word goes
# on (「…かるた」), or the name is a person's (「…さん」).
AFTER_BARE = re.compile(
    r"[のはがをにでともへや]|[^ぁ-ん\u4e00-\u9fff]|って|から|より|まで|だ|です|なら|じゃ|か(?:[?？。、\u4e00-\u9fff]|$)"
    r"|しか|のみ|ほど|こそ|さえ|あたり|まちづくり|$"
)
# Kanji that may follow it: what lies in a town bears its name; what is printed there, or a person, need not.
IN_TOWN = re.compile(
    r"駅|湾|港|橋|城|小中?学校|中学校|高校|高等学校|保育[園所]|幼稚園|図書館|公民館|病院|役場|支所|消防|警察"
    r"|地区|地域|方面|全域|周辺|付近|近辺|計画|推進|基本|総合|長期|独自|以外"
)
# What only an ordinary word that is spelt like a name takes: 「平素から」 says since when, and no town's plan begins there.
SINCE = re.compile(r"から|より")
# What stands between a place and what lies in it: 「…県の…」「…県…郡…」.
WITHIN = re.compile(r"の?|[\u4e00-\u9fff]{1,4}郡")

# What joins names that are set aside together: 「A町でもB町でもなく」.
JOINS_ASIDE = re.compile(r"(?:でも|や|とか|、|\s|も|と|・)*")

# What a question about a municipality goes on with.
ASKED_OF = re.compile(r"の|は|では|に(?:は|つ)|って")
# A name that no list holds must be the subject or the place of something; before other words it may be any word.
NAMED_AFTER = re.compile(r"の|は|で|が|も|、|に(?:は|つ)|って")
# Names of municipalities that are better known as those of regions.
REGIONS = frozenset({"東北", "東海", "中部", "四国", "中国", "瀬戸内", "日本", "中央"})
# What says that a municipality is the partner of the one that is asked about.
PARTNER = re.compile(
    r"(?:市|町|村|区)?(?:や|、|・|と|との|とは|とも|など|等|と一緒に|を中心とする)[^。?？]{0,16}"
    r"(?:連携|共同|協定|協力|合同|広域|一緒|圏域|組合)"
)

# What stands before 町 or 市町村 without naming one.
GENERIC = re.compile(
    r"^(?:[0-9各本同当全両他近隣県国何どのこそあ我]|うち|わが|ほか|この|その|どの|となり|隣|自分|地元|市|区|都|下|城|港|宿|門前|数|対象|先|住|私|農|山|漁|過疎|小規模|参加|関係|周辺|広域|政令|中核|指定|構成|合併|旧|新|実施|先進|類似|別|姉妹|複数|隣接)"
)
# Words that end in such a letter and name no municipality.
ORDINARY = re.compile(
    r"^[御貴弊]町$|(?:都|[朝夕夜闇]|見本|即売|展示|青空|城下|門前|宿場|[市町]|[農漁山]|無医|類似)[市町村]$"
)

# A letter that is left open: 「上〇町」「上なんとか町」.
MASK = r"(?:[〇○◯●◎*＊△□]{1,4}|なんとか|何とか|なんちゃら|何ちゃら|なになに|何々|ほにゃらら|なんだか)"
# A town told by one letter of its name: 「上のつく町」「上から始まる町」.
HAS_LETTER = re.compile(
    r"[「『\"]?(?P<letters>[\u4e00-\u9fff]{1,2}|[ぁ-んァ-ヶ]{1,3})[」』\"]?(?:という)?(?:の?(?:漢字|字|文字))?"
    r"(?:[のがで]|から)(?:つく|付く|入る|入った|はじまる|始まる)(?:名前の|ほうの|方の)?(?:[市町村]|自治体)"
)
