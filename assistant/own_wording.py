"""How a plan itself is asked about, and nothing in it: its date, its period, its purpose, what it is about, what the town does."""

from __future__ import annotations

import re


def any_of(*wordings: str) -> re.Pattern[str]:
    """Return a pattern that finds any of the wordings (regular expressions), whatever the case of Latin letters."""
    return re.compile("|".join(wordings), re.IGNORECASE)


_PLAN = "(?:計画|戦略|大綱|プラン|ビジョン|指針|構想)"
_WHY = "(?:なぜ|何故|なんで|どうして|(?:何|なん)のため)"
_MADE = "(?:作(?:る|ら|り|っ|成)|つく(?:る|ら|り|っ)|策定|立て(?:た|る|ら)|でき(?:た|まし))(?!ても)"
_TOLD = "(?:を?、?(?:教え|知り|見せ|まとめ|要約|説明|挙げ|列挙|並べ)[^。]{0,12})"
_POLITE = r"(?:もの|こと)?(?:なの|なん|の|ん)?(?:です|でしょう|だろう)?か?(?:ね|な)?"
# Nothing follows but how a question ends: 「計画の内容は誰が決めますか」 asks for no contents.
_END = rf"{_POLITE}{_TOLD}?[?？。\s]*$"

_CONTENTS = "(?:内容|中身|概要|あらまし|構成|目次|全体像|章立て|ポイント|要点|要約)"
# The question asks what the plan as a whole is about: its headings tell.
OWN_CONTENTS = any_of(
    rf"{_PLAN}の(?:主な|おもな|具体的な|大まかな|全体の?)?{_CONTENTS}(?:は|って|について|とは)?、?(?:何|なに|どう(?:なって(?:い?る|います))?|どんな(?:感じ)?)?{_END}",
    rf"{_PLAN}(?:に|で)?は?、?(?:全体で)?(?:何|なに|なん|どんな(?:こと|内容)|どういうこと|どのような(?:こと|内容))(?:が|を|に?ついて|て|と)?、?"
    r"(?:書[いか]|載|定め|記)[^。、]{0,14}[?？。\s]*$",
    rf"{_PLAN}に(?:書[いか]|載)[^。、]{{0,6}}(?:こと|内容){_END}",
    rf"どんな{_PLAN}{_END}|{_PLAN}(?:って|とは)、?(?:どんな(?:もの)?|何|なに){_END}|{_PLAN}を(?:簡単に|短く)?(?:要約|まとめ)",
)

# The question asks why the plan itself was made.
OWN_REASON = any_of(
    rf"{_PLAN}(?:は|を|が|って)[^。をに]{{0,12}}{_WHY}[^。をがに]{{0,8}}{_MADE}",
    rf"{_PLAN}[をが]{_MADE}[^。、]{{0,10}}{_WHY}",
    rf"{_WHY}[^。を]{{0,10}}{_PLAN}(?:を|が)?[^。を]{{0,4}}{_MADE}",
)
MAKING = frozenset("作る 造る 作成 策定 立てる 出来る".split())
ENDING = frozenset("終わり 終わる 終了 満了 最終".split())

MEASURES = "取組"  # what is meant where they are asked for without a word for them
_MEASURES = "(?:取り?組み?|施策|事業)(?:事項|内容|項目|名)?"
_KIND = "(?:どんな|どういう|どのような)"
_WHAT = f"(?:何|なに|なん|{_KIND}(?:こと|対策|活動|{_MEASURES}))"
_WHO = rf"(?:この|本|うちの)?(?:町|市|村|役場|役所|自治体)?(?:の?[^、。はがをに]{{0,8}}{_PLAN}で?)?(?:は|って|では|が|として)?"
_FROM_NOW = rf"(?:この{_PLAN}では?|これから|今後は?|将来は?|今は?|具体的に?は?|主に|いったい|結局|全部で|、)*"
_GOING_ON = "(?:て(?:い(?:る|ます|く|きます)|る|く|くれ(?:る|ます)|もらえ(?:る|ます)))"
_DO = (
    rf"(?:(?:する|します|し{_GOING_ON}|しよう|やる|やります|やっ{_GOING_ON}|やろう|取り?組(?:む|み?ます|ん(?:で(?:い(?:る|ます|く|きます)|る)))"
    rf"|進め(?:る|ます|{_GOING_ON})|力を入れ(?:る|ます|{_GOING_ON})|行(?:う|います|っ{_GOING_ON})|目指(?:す|します|し{_GOING_ON}))(?:つもり|予定|計画|気|と(?:し|考え|思っ)て(?:い?る|います))?)"
)
# The question asks what the municipality does, or what measures its plan has: their titles tell.
OWN_MEASURES = any_of(
    rf"^{_WHO}、?{_FROM_NOW}{_WHAT}(?:を|に|へ|が)?、?{_DO}{_END}",
    rf"{_MEASURES}(?:は|には)、?(?:全部で|すべて)?(?:何(?:と何)?|なに|{_KIND}(?:もの|こと))(?:が(?:ある|あります|挙げられて(?:い?る|います)))?{_END}",
    rf"{_KIND}{_MEASURES}(?:が|を)(?:あ(?:る|ります)|載って(?:い?る|います)|予定されて(?:い?る|います)|し{_GOING_ON}|行っ{_GOING_ON}|進め{_GOING_ON}){_END}",
    rf"{_MEASURES}(?:の名前)?(?:の一覧|一覧|を、?(?:すべて|全て|全部)(?=、?(?:教え|挙げ|列挙|並べ|見せ))){_END}",
    rf"{_MEASURES}(?:の名前)?を、?(?:教えて(?:くだ|ほし|[?？。\s]*$)|挙げて|列挙して|並べて)[^。]{{0,8}}$",
)

# It asks how many there are: they can be counted where all of them are named.
OWN_MEASURES_COUNTED = any_of(
    rf"{_MEASURES}(?:は|の(?:数|件数)は?)、?(?:全部で|合わせて)?、?(?:(?:いくつ|何[件個つ]|何項目)(?:くらい)?(?:あ(?:る|ります))?)?{_END}"
)

# The question asks when the plan itself was made or revised.
OWN_DATE = any_of(rf"{_PLAN}(?:が|は|を|の)?[^。、]{{0,6}}(?:策定|作ら|作成|でき|決定|改定|改正|改訂|見直さ|発行|公表)")

# The question asks for the plan's own period, whatever else it asks for.
OWN_PERIOD = any_of(
    rf"{_PLAN}の?(?:期間|対象年度|対象期間|最終年度|終わり)",
    rf"{_PLAN}(?:が|の)?(?:終わ|満了|終了)[^。]{{0,3}}(?:年|時期|とき|時|日|のは|期限)",
    rf"{_PLAN}(?:は|って|も)?、?(?:全部で)?(?:いつ|何年度?)(?:から(?!変|見直|改)|まで(?!に)|終わ)",
    rf"{_PLAN}(?:は|って|も)?、?(?:全部で)?(?:何年間|何[かカヶヵ]年|何年(?:です|の|[?？]|$))",
)
