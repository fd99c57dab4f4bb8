"""What people write of themselves, taken out of a question before anybody else reads it: a table of patterns.

It errs towards taking out: staff need the topic of a question, never who asked it. It cannot know every way in which somebody may
be told (a rare illness in a small village, for one), which is why a report also says so to its readers.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of personal data: what stands in its place, its pattern over normalised text, and why it looks so."""

    shown: str
    pattern: re.Pattern[str]
    why: str


_NO_NAMES = (
    r"高齢者|障害者|障がい者|利用者|初心者|事業者|経営者|被害者|保護者|希望者|外国人|日本人|老人|大人|個人|年寄り|町民|市民|村民|住民"
    r"|移住者|職員|会社員|公務員|議員|委員|学生|高校生|中学生|小学生|大学生|主婦|農家|教師|母親|父親|母|父|妻|夫|祖母|祖父|暮らし|住まい"
    r"|在住|出身|[\d一二三四五六七八九十]+[歳才代]|初めて|不安|心配|反対|賛成|苦手|得意|大丈夫"
)
"""Words that tell what somebody is, not what they are called: 「私は高齢者です」「私は65歳です」. Whole words: 子, 代 or 生 end names."""

_NUMERAL = r"[\d〇一二三四五六七八九十]"
_ERA = rf"(?:明治|大正|昭和|平成|令和|[MTSHRmtshr]|西暦)?\s*(?:{_NUMERAL}{{1,4}}|元)"
_BIRTHDAY = rf"{_ERA}(?:年|[./-])\s*{_NUMERAL}{{1,3}}(?:月|[./-])\s*{_NUMERAL}{{1,3}}日?"
_MORE_NUMBERS = r"(?:\s*(?:の(?=\s*\d)|-|番地?|号室?|\d{1,5}|丁目))*"
_COUNTED = r"円|人|名|件|世帯|戸|軒|回|か所|箇所|年|月|日|時|歳|万|億|%"
_ENDS = r"(?=です|でござ|と申|と言い|といい|、|。|\s|$)"
_NO_ENTRY = r"住所|電話|連絡|年齢|性別|生年|所属|欄|変更|公表|公開|記入|記載|入力|表記|漢字|[のはがをにでとやも]"
"""What follows 「氏名」 where nobody's name does: the next field of a form, or what is asked about names."""
_NOT_CALLED = r"する|した|ます|です|ない|ある|いる|れる|なる|だ"
"""Ends of what somebody says, not of what somebody is called: 「検討すると言います」."""

KINDS: tuple[Kind, ...] = (
    Kind("〔メールアドレス〕", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*"), "an address around @; a bare host counts"),
    Kind("〔アカウント名〕", re.compile(r"(?<![\w@])@\w{2,}"), "what social networks call their users"),
    Kind(
        "〔個人番号〕",
        re.compile(r"(?<![\d-])\d{4}[ -]?\d{4}[ -]?\d{4}(?![\d-])"),
        "My Number has 12 digits, often in groups of four",
    ),
    Kind(
        "〔電話番号〕",
        re.compile(r"(?<!\d)(?:\+81|0)[-( ]{0,2}\d(?:[-() ]{0,2}\d){7,9}(?!\d)"),
        "a 0 (or +81) and 9 or 10 digits more, parted anywhere",
    ),
    Kind(
        "〔電話番号〕",
        re.compile(r"(?:(?<=電話)|(?<=電話番号)|(?<=TEL)|(?<=tel)|(?<=Tel)|(?<=内線))\s*[はが:]?\s*\d[\d-]{2,}"),
        "a number without its area code, told as one",
    ),
    Kind("〔郵便番号〕", re.compile(r"〒\s*\d{3}-?\d{4}|(?<![\d-])\d{3}-\d{4}(?![\d-])"), "three and four digits"),
    Kind(
        "〔住所〕",
        re.compile(
            rf"[大小]字[^\s、。,「」はがをにのでと〕\d]{{1,12}}の?\s*\d{{1,5}}(?![\d,.]|\s*(?:{_COUNTED})){_MORE_NUMBERS}"
        ),
        "in the country a number stands right behind the name of the 大字, without 番地; what is counted there is no address",
    ),
    Kind(
        "〔住所〕",
        re.compile(
            r"(?:大字|字)?[^\s、。,.「」はがをにのでと市町村区〕\d]{0,8}?(?:\d{1,5}|[一二三四五六七八九十]{1,3})(?:丁目|番地)"
            rf"{_MORE_NUMBERS}"
        ),
        "what stands before 丁目 or 番地 up to a particle or the town's name, and the numbers after it",
    ),
    Kind("〔住所〕", re.compile(r"(?<=住所は)[^、。\n]{1,60}?(?=です|でござ|、|。|$)"), "what is told as an address"),
    Kind(
        "〔生年月日〕",
        re.compile(
            rf"{_BIRTHDAY}(?=\s*に?(?:生|うま))"
            rf"|(?:(?<=生年月日は)|(?<=生年月日:)|(?<=生年月日\s))\s*(?=[^、。\n]{{0,6}}{_NUMERAL})[^、。\n]{{4,20}}?{_ENDS}"
        ),
        "a date is a birthday where it says so; other dates are what the question is about",
    ),
    Kind(
        "〔名前〕",
        re.compile(
            r"(?:(?<=私は)|(?<=わたしは)|(?<=僕は)|(?<=俺は))"
            rf"(?![^、。\n]{{0,12}}(?:{_NO_NAMES})(?:です|で))[^、。\nはがを]{{1,12}}?(?=です|でござ|と申|と言い|といい|という)"
        ),
        "what somebody says to be, unless its ending tells a role, an age or a feeling",
    ),
    Kind(
        "〔名前〕",
        re.compile(
            rf"(?:(?<=[氏名][名前]は)|(?<=[氏名][名前]:)|(?<=[氏名][名前]\s))\s*(?!{_NO_ENTRY})"
            rf"[^\s、。]{{1,16}}?(?:\s[^\s、。]{{1,4}}?)?{_ENDS}"
        ),
        "what is told or filled in as a name, its two parts joined or not",
    ),
    Kind(
        "〔名前〕",
        re.compile(r"(?<!\d)[^\s、。,はがをにのでと\d]{1,10}(?=と申し?(?:ます(?!か)|上げ|す))"),
        "introductions; a figure is none, nor is what somebody asks",
    ),
    Kind(
        "〔名前〕",
        re.compile(
            rf"(?<![^\s、。,!?にの])(?![^\s、。]{{0,10}}(?:{_NOT_CALLED})と[い言])"
            r"[^\s、。,はがをにのでと\d]{2,10}(?=と[い言]います(?!か))"
        ),
        "introductions; 「AをBといいます」 tells what a thing is called",
    ),
    Kind(
        "〔番号〕",
        re.compile(r"(?<![\d,.])\d{7,}(?![\d,.]|\s*(?:円|人|件|世帯|年|万|億))"),
        "accounts, insurance and licence numbers; amounts are followed by what they count",
    ),
)
"""In the order in which they are taken out: what holds another kind's form comes before it."""

_DASH = re.compile(r"(?<=\d)\s*[‐‑‒–—―−ー~]\s*(?=\d)")
"""Signs that stand for a hyphen between digits; Japanese keyboards give several."""


def without_personal_data(text: str) -> str:
    """Return ``text`` (normalised to NFKC, without invisible characters) with the kind of each personal datum in its place.

    >>> without_personal_data("私は山田花子です。０９０－１２３４－５６７８に電話をください")
    '私は〔名前〕です。〔電話番号〕に電話をください'
    >>> without_personal_data("私は65歳です。2023-2027の計画で、マイナンバーカードは12000枚ですか")
    '私は65歳です。2023-2027の計画で、マイナンバーカードは12000枚ですか'
    >>> without_personal_data("大字佐賀123に住む、S25.3.4生まれの山田太郎といいます。氏名　山田太郎")
    '〔住所〕に住む、〔生年月日〕生まれの〔名前〕といいます。氏名 〔名前〕'
    >>> without_personal_data("期間は5年と申しますか。これを何といいますか。大字佐賀の人口123人")
    '期間は5年と申しますか。これを何といいますか。大字佐賀の人口123人'
    """
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(c for c in plain if c == "\n" or unicodedata.category(c) not in {"Cf", "Cc", "Cs", "Co", "Cn"})
    plain = _DASH.sub("-", plain)
    for kind in KINDS:
        plain = kind.pattern.sub(kind.shown, plain)
    return plain
