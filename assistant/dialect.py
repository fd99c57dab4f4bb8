"""Questions as they are spoken at home -> with the endings and question words of standard Japanese, before anything else reads them.

The plan's nouns are in a question in dialect too, and its verbs are found by their stems. What hides what it asks for are its
end (「いつまでじゃろうか」) and its question word (「どげなことに」). So those are put into standard words, with what asks to be told
and what asks whether it is true, and nothing else is: a verb in mid-sentence cannot be told by its letters from a standard
one (「大変」 is no negative in 「へん」). For the same reason a form counts only where a word begins: 「細かい」 does not end in 「かい」.
"""

from __future__ import annotations

import re

from index.tokens import tokenize

# What stands in quotation marks is somebody's very words.
_QUOTED = re.compile(r"「[^」]*」|『[^』]*』")
_MASK = "\ue000"  # of the private use area: no text has it
_AT_END = r"(?=[?？!！。\s]*$|[?？])"
_SOFT = r"(?:い(?:ねえ?|の[うー]?|な|や)?|のう?|ねえ?|なあ?|よ|え|ん)"  # of 「かいね」「かのう」「かなあ」
_KA = rf"か{_SOFT}?"
_ROU = r"(?:ろ[うー]?)"
_VERB = "[るたいむくうぶすつぐぬ]"  # how a verb or an adjective ends
_NOUN = f"[一-鿿ァ-ヶーでのつ{_MASK}]"
_ASKED = r"(?:いつ|どこ|だれ|誰|何|なに|なん|どう|どんな|どれ|なぜ)"
_WONT = r"(?:んか|くれ(?:ん|へん)か)(?:のう?|ね|い)?"
_PLEASE = rf"え[なや]|{_WONT}|くれんさい|つかあ?さい|くんさい|くだせ[えー]|け(?:ろ|れ)|ちょうよ?"

# In this order: a form that others lie within comes first. What begins with (?<! ) or (?<= ) looks at what stands before the form.
_FORMS: tuple[tuple[str, str], ...] = (
    # question words, and whether it is true
    (r"(?<![ァ-ヶー])(?:ホンマ|マジ|ガチ)(?![ァ-ヶー])|ほんま(?=[にかやけでの?？!！、。\s]|なん|$)|まじ(?=で[?？])", "本当"),
    (rf"本当(?:に|で)?(?:け|{_KA}|や{_ROU}?か?|なん)?{_AT_END}", "本当ですか"),
    (r"なんぼ(?!く)(?:ほど|くらい|ぐらい|ばあ|ばー)?|どん(?:だけ|くれ[えー]?|しこ)", "どれくらい"),
    (r"ど(?:ない|ね[えー]|げえ?|がい|んげ)な(?=[一-鿿ァ-ヶこもふ])|どぎゃんか(?=[一-鿿こ])", "どんな"),
    (r"ど(?:ない|ね[えー]|げん|げえ|ぎゃん)(?:に)?して", "どうやって"),  # how, and not どうして, why
    (r"ど(?:ない|ね[えー]|げん|げえ|がい|ぎゃん|がん|やん)(?=な[るっりん]|し|や|す[るん]|に|で|た|、|[?？])", "どう"),
    (r"(?<!を)(?:なしてまた|なんでまた|なして|なひて)(?=[一-鿿ァ-ヶ、])", "なぜ"),
    # asking to be told
    (rf"(?<=教え)(?:て|ち)(?:{_PLEASE}){_AT_END}", "てください"),
    # ends behind a verb, for のですか
    (rf"んちゃう(?:ん?(?:か|の)?|やろか|かな)?{_AT_END}", "のではないですか"),
    (rf"(?<={_VERB})んだ(?:[いね]ね?|んべ(?:{_KA})?|[べぺ][かが]?){_AT_END}", "のですか"),
    (rf"(?<={_VERB})ん(?:(?:じゃ|や){_ROU}?|なら)?(?:{_KA}|け)?{_AT_END}", "のですか"),
    (rf"(?<={_VERB})とね{_AT_END}", "のですか"),
    (rf"(?<={_VERB})(?:だ?[べぺ][かが]?|(?:じゃ|や|だ){_ROU}{_KA}){_AT_END}|(?<=[るた])け{_AT_END}", "のですか"),
    # ends behind a noun, a question word or まで, for ですか
    (rf"なん(?:(?:じゃ|や){_ROU}?)?(?:{_KA}|け)?{_AT_END}", "ですか"),
    (rf"(?<=まで)(?:と|な|け|だん|だい|がや|かや|ね){_AT_END}", "ですか"),
    (rf"(?<={_NOUN})(?:じゃ|や){_ROU}?(?:{_KA}|のう?|ねん|な|け)?{_AT_END}", "ですか"),
    (rf"(?<={_NOUN})だ(?:{_ROU}{_KA}|っぺ|[べび][かが]?|んべ?(?:{_KA})?|かや){_AT_END}", "ですか"),
    (rf"(?:(?<={_NOUN})|(?<=もん))(?:か{_SOFT}|け){_AT_END}", "ですか"),
    # softened か
    (rf"(?:(?<={_VERB})|(?<=ん))か{_SOFT}{_AT_END}", "か"),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern), standard) for pattern, standard in _FORMS)
# 「何のために作ったと?」 asks, 「カードをなくすと?」 says what if: only with a question word or a verb of the dialect.
_TO = re.compile(rf"(?:(?<={_VERB})|(?<=っと))と(?:や|か|かな|かね)?(?=[?？])")
_TO_ASKS = re.compile(rf"{_ASKED}[^。?？]*$|(?:よる|とる|ちょる|とっ)$")


def in_standard(text: str) -> str:
    """Return a question with the end and the question words of a dialect in standard Japanese; what stands in 「」 stays.

    >>> in_standard("計画はいつまでじゃろうか？"), in_standard("町はどげなことに取り組むん？")
    ('計画はいつまでですか？', '町はどんなことに取り組むのですか？')
    >>> in_standard("計画はいつまで続きますか。今年だけ？ 大変なの？ 高齢者向け？ 細かい？")
    '計画はいつまで続きますか。今年だけ？ 大変なの？ 高齢者向け？ 細かい？'
    """
    quotes = iter(_QUOTED.findall(text))
    masked = _QUOTED.sub(_MASK, text)
    for pattern, standard in _COMPILED:
        masked = _put(pattern, standard, masked)
    if (match := _TO.search(masked)) and _TO_ASKS.search(masked[: match.start()]):
        masked = f"{masked[: match.start()]}のですか{masked[match.end() :]}"
    return re.sub(_MASK, lambda _: next(quotes), masked)


def _put(pattern: re.Pattern[str], standard: str, text: str) -> str:
    """Return ``text`` with ``standard`` for what ``pattern`` finds, where a word begins there."""
    if pattern.search(text) is None:
        return text
    begins = {token.start for token in tokenize(text)}
    return pattern.sub(lambda match: standard if match.start() in begins else match[0], text)
