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

_ERA = r"(?:明治|大正|昭和|平成|令和|[MTSHR]|西暦)?\s*(?:\d{1,4}|元)"

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
            r"(?:大字|字)?[^\s、。,.「」はがをにのでと市町村区〕\d]{0,8}?(?:\d{1,5}|[一二三四五六七八九十]{1,3})(?:丁目|番地)"
            r"(?:\s*(?:の(?=\s*\d)|-|番地?|号室?|\d{1,5}|丁目))*"
        ),
        "what stands before 丁目 or 番地 up to a particle or the town's name, and the numbers after it",
    ),
    Kind("〔住所〕", re.compile(r"(?<=住所は)[^、。\n]{1,60}?(?=です|でござ|、|。|$)"), "what is told as an address"),
    Kind(
        "〔生年月日〕",
        re.compile(
            rf"{_ERA}年\s*\d{{1,2}}月\s*\d{{1,2}}日(?=\s*(?:生|うま))|(?<=生年月日は)[^、。\n]{{4,20}}?(?=です|、|。|$)"
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
            r"(?:(?<=名前は)|(?<=氏名は)|(?<=氏名:)|(?<=名前:))\s*[^、。\n]{1,16}?(?=です|と申|と言い|といい|、|。|\s|$)"
        ),
        "what is told as a name",
    ),
    Kind("〔名前〕", re.compile(r"[^\s、。,はがをにのでと]{1,10}(?=と申し?(?:ます|上げ|す))"), "introductions"),
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
    """
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(c for c in plain if c == "\n" or unicodedata.category(c) not in {"Cf", "Cc", "Cs", "Co", "Cn"})
    plain = _DASH.sub("-", plain)
    for kind in KINDS:
        plain = kind.pattern.sub(kind.shown, plain)
    return plain
