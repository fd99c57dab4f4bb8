"""What a question wants (a date, a period, a number, a post or organisation, a reason), looked for in a piece of text."""

from __future__ import annotations

import re

from assistant.wording import AFTER_DAYS, QUESTION_WORD, Wanted
from ingest.eras import Year, find_years

_BARE_YEAR = (
    r"(?<![A-Za-z0-9])[RH](?:[0-9]{1,2}|元)(?![0-9A-Za-z.年])"  # schedules and targets write R8 for the fiscal year
)
_DATE_WORDS = re.compile(
    rf"{_BARE_YEAR}|毎年|随時|[0-9]{{1,2}}月|当面|継続的に|期間を定め|期限を定め|年度末|毎年度"
    r"|[0-9](?:日|時間|週間|か月|年)以内|直ちに|速やかに"
)
_CLOCK = re.compile(
    r"[0-9]{1,2}時(?!間)|[月火水木金土日]曜|[0-9]{1,2}(?:開庁)?日前|[0-9]週間前|年末年始|平日"
)  # of hours and days
_DURATION = re.compile(r"[0-9](?:か|カ|ヶ|箇)?年(?!度|[0-9])")
_ASKS_DATE_OF_DAY = re.compile(r"何月何日|何日に|日にち|日程|日時")  # a year alone is no such date
_ASKS_MONTH = re.compile(r"何年(?:の)?何月|年月")
_MONTH = re.compile(r"[0-9]{1,2}月")
_ASKS_END = re.compile(r"(?:いつ|何年度?)まで")
_ENDS = re.compile(r"まで|末|期限|限り")
_DAY = re.compile(r"[0-9]{1,2}月|[0-9]{1,2}日(?!間)|[月火水木金土日]曜|毎月(?!、?[0-9一])|毎週(?!、?[0-9一])")
_ASKS_YEAR = re.compile(r"年度|年月|何年|西暦")
_SPAN = re.compile(
    rf"{_BARE_YEAR}.*{_BARE_YEAR}|[0-9]+(?:か|カ|ヶ|箇)?年間|期間を定め|期間は定め|[0-9]{{4}}年度?(?:から|~|-)"
)
_FROM_TO = re.compile(r"から|まで|~|-|初年度|目標年度|開始")  # joins the two years of a period
_NUMBER = re.compile(r"[0-9]|[一二三四五六七八九十百千万]+(?:つ|件|人|割|か所|箇所|種|点)|半分|半数|倍")
_BODY = re.compile(
    r"[\u4e00-\u9fffァ-ヶーA-Z]{1,}(?:課|班|部|室|局|係|委員会|本部|チーム|会議|協議会|分科会|センター|部会)|[\u4e00-\u9fff]{0,4}(?:町|市|村|課|本部|委員|室|局|班|部|会|座)長"
    r"|リーダー|責任者|特別職|[A-Z]{2,}|職員|庁|省|事業者|機構|教授"
)
_OWN_NAME = "".join(f"(?<!{whose}{part})" for part in ("主管", "所管", "担当") for whose in ("業務", "事業", "施策"))
"""Before 課: what makes it an office by its name, for 「業務主管課」 is none."""
_ASKS_UNIT = re.compile(r"担当|所管|主管|(?:課|班|係|室|部署)[はがをと、]|(?:どの|何)(?:課|班|係|室|部署)")
_OFFICE_NAME = re.compile(
    rf"[0-9]課|(?!(?:担当|主管|所管|関係|各|全|同|当該|担当部)(?:課|班|係|室|局|部))[\u4e00-\u9fffァ-ヶー]{{2,}}{_OWN_NAME}(?:課|班|係|室|局|部|署)(?!分|品|門|員)"
    r"|委員会|会議|本部|協議会|チーム|センター|事務局|事業者|[町市村]長|支所|公民館|図書館|^(?:担当[^:]{0,3}:)?\s*(?:同上|〃)"
)
_ASKS_PERSON = re.compile(r"誰|だれ|どなた")
_PERSON = re.compile(
    r"[\u4e00-\u9fff]長|職員|委員|リーダー|責任者|特別職|担当者|教授|氏|住民|町民|市民|村民|事業者|団体"
)
_REASON = re.compile(
    r"ため|ことから|により|目的|表し|よって|ので|背景|求め|必要|つなが|目指|図る|図り|から、|踏まえ|ながら|向上|不足|遅れ|おそれ|恐れ|に伴[いう]|せず、|できず"
)

_SOURCE = re.compile(r"出典|資料:|出所|により作成|より$")

_NOT_EACH = r"(?!ひとり|一人|1人)"  # 「一人ひとり」 counts nobody
# What a question counts -> how a figure of that must be written. 何つ and いくつ count anything.
_THINGS = "件|個|つ|項目|手続|業務|種|点|本|か条|箇条|事業|施策|分野|団体|課題|名"
_COUNTED: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"何[人名](?!前)|(?:人数|職員数|者数|[人民者]の数)(?:[はをがも]|$|[?？])|人口は(?=何|どの|いく|[?？]|$)|どれ(?:だけ|くらい)の?(?:人|[町市村住]民)"
        ),
        rf"[0-9万](?:人|名)|(?<!誰)[一二三四五六七八九十](?:人|名){_NOT_EACH}",
    ),
    (
        re.compile(
            r"何(?:%|パーセント|割)|[率][はをがも]|[率]と?$|率(?=[^。]{0,16}目標(?:値)?(?:は|を|$))|[率](?:[?？]|の?目標|の?値)|割合(?!で(?:や|行|開|実|し))"
        ),
        r"[0-9](?:%|割|パーセント)|[0-9]分の[0-9]|半[額分数]",
    ),
    (re.compile(r"電話番号|電話は何番"), r"[0-9]{2,5}-[0-9]{1,4}-[0-9]{3,4}"),
    (re.compile(r"メールアドレス"), r"@"),
    (
        re.compile(r"(?:製品|商品|会社|企業|業者|事業者|社)名|相手の会社|どこの会社"),
        r"株式会社|有限会社|[(]株[)]|合同会社|社団法人|財団法人",
    ),
    (re.compile(r"何回|回数"), r"(?<![第0-9一二三四五六七八九十])[0-9一二三四五六七八九十]{1,3}回(?!目)"),
    (
        re.compile(r"いくら|事業費|予算額|金額|何円|費用はい?く|報酬|(?:導入|委託)?費用?[はと]?(?:[?？]|$)"),
        r"[0-9][0-9,.]*[百千万億]*円",
    ),
    (re.compile(r"何世帯|世帯数は(?=何|どの|いく|[?？]|$)"), r"[0-9]世帯(?!当)"),
    (re.compile(r"何歳"), r"[0-9]歳"),
    (re.compile(rf"(?:[月週年]に?|延べ)何日|日数|何日(?={AFTER_DAYS})"), r"[0-9]日"),
    (re.compile(r"何曜日?|曜日"), r"[月火水木金土日]曜"),
    (re.compile(r"何時(?!頃|期|間)|時刻|(?:受付|開館|開庁|開設|利用)時間"), r"[0-9]時(?!間)"),
    (re.compile(r"何倍"), r"[0-9]倍"),
    (re.compile(r"何(?:か所|箇所|カ所|ヶ所)"), r"[0-9一二三四五六七八九十](?:か所|箇所|カ所|ヶ所)"),
    (re.compile(rf"何(?:{_THINGS})|いくつ|件数(?:[はをがも]|$|[?？])"), rf"[0-9一二三四五六七八九十](?:{_THINGS}|の)"),
)
# Anything else that is counted: 「何台」 wants 「3台」.
_COUNTER = re.compile(
    r"何(?P<counter>台|棟|校|園|基|枚|冊|本|頭|羽|匹|店|社|路線|便|床|室|戸|団体|地区|施設|区画|か国|社|区域|回線|km|kg|t|ha)(?![長課係も])"
)
_OF_PLACES = frozenset("棟 校 園 基 店 室 地区 施設 区画 区域".split())  # are counted in か所 too
_NOT_A_FIGURE = re.compile(r"[0-9]{4}年度?|[0-9]{1,2}月|[0-9]{1,2}日|^[(0-9.)]+|第[0-9]+|[A-Za-z][0-9.]+")
_CHECKED = (Wanted.DATE, Wanted.PERIOD, Wanted.NUMBER, Wanted.WHO, Wanted.REASON, Wanted.SOURCE)
# 「本部長は誰」: the post or body that is asked about must be named.
_ROLE = re.compile(
    r"([\u4e00-\u9fff]{1,3}長|リーダー|責任者|事務局)(?:は|が)(?!、?(?:町長|副))(?=[^。]*(?:誰|だれ|どの|どこ|何|役職|職))"
)
# 「どの課」「課はどこ」: an office of that sort must be named.
_ASKS_OFFICE = re.compile(
    r"(?:どの|何という|何|なに)(?P<a>課|班|係|室|会議|委員会|協議会)|(?P<b>課|班|係|室|会議|委員会|協議会)は(?:どこ(?!まで)|何|なん)"
)
# 「会場は」「開催場所」: a place must be named.
_ASKS_WHERE = re.compile(r"どこで、?(?:やっ|やる|開[いかく催]|行[わっう]|実施|習|教[えわ]|受け(?:られ|付)|借り)")
_WHERE = re.compile(
    r"館|センター|会場|庁|[課係局]|役場|役所|所で|学校|ホール|(?<!教)室|窓口|[0-9]階|支所|出張所|ロビー|店|コンビニ|施設|サイト|ホームページ|アプリ|ポータル|オンライン|自宅|[市町村]内"
)
_ASKS_PLACE = re.compile(  # 「住所とか税金の情報」 asks for no place
    r"(?:会場|開催場所|場所|住所|所在地)(?:(?:[とや][^。、]{1,12})?(?:は|って|も)?(?:$|[?？]|、?(?:どこ|何|なに|どちら))"
    r"|(?:[とや][^。、]{1,12})?[をが]、?(?:教え|知り|確認|お願|分か))"
)
_PLACE = re.compile(r"館|センター|会場|庁舎|役場|役所|集会所|学校|ホール|会議室|窓口|[0-9]階|支所|出張所|番地")
# 「どこの公民館」「何という要綱」: a place or a rule of that sort must be named.
_ASKS_ONE = re.compile(
    r"(?:どの|どこの|何という|なんという)(?P<sort>公民館|集会所|体育館|図書館|公園|学校|病院|会場|河川|川|駅|店|道路|橋|要綱|要領|条例|規則|規程)"
)
# What is asked for in so many words, and how any of that sort is written.
_ASKS_AND_TELLS = ((_ASKS_DATE_OF_DAY, _DAY), (_ASKS_MONTH, _MONTH), (_ASKS_PLACE, _PLACE), (_ASKS_WHERE, _WHERE))
# A person's name, which plans seldom print.
_ASKS_NAME = re.compile(r"[長者員人官]の?お?(?:名前|氏名)")
_NAMED = re.compile(r"[\u4e00-\u9fff]{2,5}(?:氏|さん|教授)")
# The question names the very kind of answer: without it, a sentence on the same topic is no answer.
_STRICT = re.compile(
    rf"何(?:年|月|時(?!間)|曜)|(?<![月週年])(?<![月週年]に)何日(?!間|{AFTER_DAYS})|いつ|期限|時期|年度(?:$|[?？])"
)


def years_of(text: str) -> list[Year]:
    """Return the years that a plan's search text states, those without 年度 (R8) among them, as fiscal years.

    >>> [year.year for year in years_of("2024年度に設計 R8:実証")]
    [2024, 2026]
    """
    return find_years(re.sub(_BARE_YEAR, lambda match: f"{match[0]}年度", text))


def holds(text: str, wanted: frozenset[Wanted], focus: str = "") -> float:
    """Return the share of the wanted kinds that ``text`` (search text) holds; 1 when the question wants no special kind.

    >>> holds("2025年度末までに移行します", frozenset({Wanted.DATE})), holds("移行を進めます", frozenset({Wanted.DATE}))
    (1.0, 0.0)
    >>> holds("約4,000人が見込まれます", frozenset({Wanted.NUMBER}), "何人ですか")
    1.0
    """
    checked = [kind for kind in wanted if kind in _CHECKED]
    return sum(_held(kind, text, focus) for kind in checked) / len(checked) if checked else 1.0


def lacks(text: str, wanted: frozenset[Wanted], focus: str) -> bool:
    """Return whether the question asks for a figure of something, or for a time, in so many words, and ``text`` has none.

    >>> lacks("世帯数は横ばいです", frozenset({Wanted.NUMBER}), "何世帯ありますか")
    True
    """
    if any(asks.search(focus) and told.search(text) is None for asks, told in _ASKS_AND_TELLS):
        return True
    if len(set(QUESTION_WORD.findall(focus))) > 1 and any(
        _held(kind, text, focus) for kind in wanted if kind in _CHECKED
    ):
        return False  # one of several things asked for: the others may stand beside it
    figure = _figure_pattern(focus) if Wanted.REASON not in wanted else None
    if figure is not None and re.search(figure, text) is None:
        return True
    roles = _ROLE.findall(focus)
    if roles and Wanted.COMPARE not in wanted and not any(role in text for role in roles):
        return True
    office = _ASKS_OFFICE.search(focus)
    if (
        office
        and Wanted.SUPERLATIVE not in wanted
        and not re.search(rf"(?:[\u4e00-\u9fffァ-ヶー]{{2,}}{_OWN_NAME}|[0-9]){office['a'] or office['b']}", text)
    ):
        return True
    one = _ASKS_ONE.search(focus)
    if one and re.search(rf"[\u4e00-\u9fffァ-ヶーA-Za-z]{one['sort']}", text) is None:
        return True
    if _ASKS_NAME.search(focus) and _NAMED.search(text) is None:
        return True
    if Wanted.SOURCE in wanted and _SOURCE.search(text) is None:
        return True
    asks_time = _STRICT.search(focus) is not None and Wanted.YES_NO not in wanted
    return asks_time and not _held(Wanted.PERIOD if Wanted.PERIOD in wanted else Wanted.DATE, text, focus)


def _named(text: str, focus: str) -> bool:
    """Return whether a text names who: an office where one is asked for, a person or an office for 「誰」, else any body."""
    if _ASKS_UNIT.search(focus):
        return _OFFICE_NAME.search(text) is not None
    if _ASKS_PERSON.search(focus):
        return _PERSON.search(text) is not None or _OFFICE_NAME.search(text) is not None
    return _BODY.search(text) is not None


def _dated(text: str, focus: str) -> bool:
    """Return whether a text tells a time: a date, or the hour and the day where no year is asked for; 「何年」 may be so many years."""
    if _ASKS_DATE_OF_DAY.search(focus):
        return _DAY.search(text) is not None
    if find_years(text) or _DATE_WORDS.search(text):
        return True
    return (_DURATION if _ASKS_YEAR.search(focus) else _CLOCK).search(text) is not None


def _figure_pattern(focus: str) -> str | None:
    """Return how a figure of what the question counts must be written, ``None`` where it counts nothing in particular."""
    if counter := _COUNTER.search(focus):
        places = "|か所|箇所" if counter["counter"] in _OF_PLACES else ""
        return rf"(?<!誰)[0-9一二三四五六七八九十百千万億]\s*(?:{counter['counter']}{_NOT_EACH}|つ{places})"
    return next((figure for counted, figure in _COUNTED if counted.search(focus)), None)


def _held(kind: Wanted, text: str, focus: str) -> bool:
    if kind is Wanted.DATE:
        return _dated(text, focus)
    if kind is Wanted.PERIOD:
        if _ASKS_END.search(focus) and "から" not in focus and _ENDS.search(text) and _dated(text, focus):
            return True  # the end alone is asked for
        return _SPAN.search(text) is not None or (len(find_years(text)) > 1 and _FROM_TO.search(text) is not None)
    if kind is Wanted.WHO:
        return _named(text, focus)
    if kind is Wanted.SOURCE:
        return _SOURCE.search(text) is not None
    if kind is Wanted.REASON:
        return _REASON.search(text) is not None
    figure = _figure_pattern(focus)
    return re.search(figure, text) is not None if figure else _NUMBER.search(_NOT_A_FIGURE.sub("", text)) is not None


# 「資産税班の」「情報化推進委員会は」: an office or a body by its name (どの課 and 各課 are no names).
_OFFICE = re.compile(
    r"(?<![\u4e00-\u9fffァ-ヶーA-Za-z])([\u4e00-\u9fffァ-ヶーA-Za-z・]{2,}(?:課|班|室|係|委員会|部会|本部))(?=の|は|が|に|で)"
)
_NO_OFFICE = re.compile(
    r"(?:関係|教室|会議室|図書室|保健室|待合室|相談室|個室|温室|日課)$"
)  # end as offices do, and are none
_ONLY_UNITS = re.compile(r"(?:課|班|室|係|部|局|・)+")  # 「どの係・班で」
_NO_NAME = re.compile(r"^(?:各|全|同|両|当|該|関係|担当|どの|何|所管|主管|一|他|複数|庁内)")


def offices(focus: str) -> tuple[str, ...]:
    """Return the offices and bodies that a question names.

    >>> offices("資産税班の事務数は"), offices("担当課はどこですか")
    (('資産税班',), ())
    >>> offices("スマホ教室では使い方を"), offices("福祉関係の手続は")
    ((), ())
    """
    return tuple(
        name
        for name in _OFFICE.findall(focus)
        if not (_NO_NAME.match(name) or _NO_OFFICE.search(name) or _ONLY_UNITS.fullmatch(name))
    )
