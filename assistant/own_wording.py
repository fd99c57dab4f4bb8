"""How a plan itself is asked about, and nothing in it: its date, its period, its purpose, what it is about, what it has done."""

from __future__ import annotations

import re


def _any(*wordings: str) -> re.Pattern[str]:
    return re.compile("|".join(wordings), re.IGNORECASE)


_PLAN = "(?:計画|戦略|大綱|プラン|ビジョン|指針|構想)"
_WHY = "(?:なぜ|何故|なんで|どうして|(?:何|なん)のため)"
_MADE = "(?:作[らりるっろ成]|つく[らりるっろ]|策定|立て|出来|でき)"

# The question asks what the plan as a whole is about: its headings tell.
OWN_CONTENTS = _any(
    rf"{_PLAN}の(?:全体の?)?(?:内容|中身|概要|あらまし|構成|目次|全体像|章立て)(?:は|を|って|について|が|と|$|[?？])",
    rf"{_PLAN}(?:に|で)?は?、?(?:全体で)?(?:何|なに|どんな(?:こと|内容)|どういうこと|どのような(?:こと|内容))(?:が|を|に?ついて)?、?(?:書[いか]|載|定め|記)",
    rf"どんな{_PLAN}(?:です|なの|か|$|[?？])|{_PLAN}って(?:どんな(?:もの|の)?|何|なに)(?:です|なの|$|[?？])",
)
# The question asks why the plan itself was made.
OWN_REASON = _any(
    rf"{_PLAN}(?:は|を|が|って)[^。]{{0,12}}{_WHY}[^。]{{0,8}}{_MADE}",
    rf"{_WHY}[^。]{{0,10}}{_PLAN}(?:を|が)?[^。]{{0,4}}{_MADE}",
)
MAKING = frozenset("作る 造る 作成 策定 立てる 出来る".split())

_THINGS = "(?:こと|取り?組み?|事業|施策|対策|活動)"
_WHAT = f"(?:何|なに|なん|(?:どんな|どういう|どのような){_THINGS})"
_DO = (
    "(?:し(?:て(?:い|く|る|も)|よう|ます|たい)|する|やる|やって|やり|やろう|取り?組|とりくむ|とりくみ|進め|力を[入い]|行[うっい]|おこな|実施|始め|変え"
    "|予定|計画して|考えて)"
)
_WHO = rf"(?:この|本|うちの)?(?:町|市|村|役場|役所|自治体)?(?:の?[^、。はがをに]{{0,8}}{_PLAN}で?)?(?:は|って|では|が|として)?"
_FROM_NOW = rf"(?:この{_PLAN}では?|これから|今後|将来|具体的に|主に|いったい|結局|全部で|、)*"
_MEASURES = "(?:取り?組み?|施策|事業)(?:事項|内容|項目|名)?"
# The question asks what the municipality does, or what measures its plan has: their titles tell.
OWN_MEASURES = _any(
    rf"^{_WHO}{_FROM_NOW}{_WHAT}(?:を|に|へ|が)?、?{_DO}",
    rf"{_MEASURES}(?:は|には)、?(?:全部で|すべて)?(?:何(?!件|個|つ)|なに|どんな(?:もの|こと)|どのようなもの|どういうもの|[?？]?$)",
    rf"{_MEASURES}(?:の名前)?を?、?(?:すべて|全て|全部|一覧|挙げ|列挙|並べ|教え)",
)

# The question asks when the plan itself was made or revised.
OWN_DATE = _any(rf"{_PLAN}(?:が|は|を|の)?[^。、]{{0,6}}(?:策定|作ら|作成|でき|決定|改定|改正|改訂|見直さ|発行|公表)")

# The question asks for the plan's own period, whatever else it asks for.
OWN_PERIOD = _any(
    rf"{_PLAN}の?(?:期間|対象年度|対象期間)",
    rf"{_PLAN}(?:は|って|、|も)?(?:全部で)?(?:(?:いつ|何年度?)(?:から|まで(?!に))|何年間)",
)
