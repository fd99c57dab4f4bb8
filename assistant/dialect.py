"""Questions as they are spoken at home -> with the endings and question words of standard Japanese, before anything else reads them.

The plan's nouns are in a question in dialect too, and its verbs are found by their stems. What hides what it asks for are its
end (「いつまでじゃろうか」) and its question word (「どげなことに」). So those two are put into standard words, and nothing else is:
a verb in the middle of a sentence cannot be told by its letters from a standard one (「大変」 is no negative in 「へん」).
"""

from __future__ import annotations

import re

# What stands in quotation marks is somebody's very words.
_QUOTED = re.compile(r"(「[^」]*」|『[^』]*』)")
_AT_END = r"(?=[?？!！。\s]*$|[?？])"
_SOFT = r"(?:いねえ?|いの[うー]?|いな|いや|い|のう?|ねえ?|なあ?|よ|え|ん)"  # of 「かいね」「かのう」「かなあ」
_KA = rf"か{_SOFT}?"
_ROU = r"(?:ろ[うー]?)"
_VERB = "[るたいむくうぶすつぐぬ]"  # how a verb or an adjective ends
_NOUN = "[一-鿿ァ-ヶーでのつ]"
_WONT = r"(?:んか|くれ(?:ん|へん)か)(?:のう?|ね|い)?"
_PLEASE = rf"え[なや]|{_WONT}|くれんさい|つかあ?さい|くんさい|くだせ[えー]|け(?:ろ|れ)|ちょうよ?"

# In this order: a form that others lie within comes first.
_FORMS: tuple[tuple[str, str], ...] = (
    # question words
    (r"(?<![ァ-ヶー])(?:ホンマ|マジ|ガチ)(?![ァ-ヶー])|ほんま|まじ(?=で[?？])", "本当"),
    (rf"本当(?:に|で)?(?:け|{_KA}|や(?:{_ROU})?か?|なん)?{_AT_END}", "本当ですか"),
    (r"なんぼ(?:ほど|くらい|ぐらい|ばあ|ばー)?|どん(?:だけ|くれ[えー]?|しこ)", "どれくらい"),
    (r"ど(?:ない|ね[えー]|げえ?|がい|んげ)な(?=[一-鿿ァ-ヶこもふ])|どぎゃんか(?=[一-鿿こ])", "どんな"),
    (r"ど(?:ない|ね[えー]|げん|げえ|ぎゃん)(?:に)?して", "どうやって"),  # how, and not どうして, why
    (r"ど(?:ない|ね[えー]|げん|げえ|がい|ぎゃん|がん|やん)(?=な[るっりん]|し|や|す[るん]|に|で|た|、|[?？])", "どう"),
    (r"(?<![みしこそ])(?:なして|なひて|なしてまた|なんでまた)(?=[一-鿿ァ-ヶ、])", "なぜ"),
    # requests
    (rf"教え(?:て|ち)(?:{_PLEASE}){_AT_END}", "教えてください"),
    # ends behind a verb, for のですか
    (rf"(?<={_VERB})んだ(?:[いね]ね?|んべ(?:{_KA})?|[べぺ][かが]?){_AT_END}", "のですか"),
    (rf"(?<=[だむくうぶすつぐぬるたい])ん(?:(?:じゃ|や){_ROU}?|なら)?(?:{_KA}|け)?{_AT_END}", "のですか"),
    (rf"(?<={_VERB})(?:と(?:ね|や|か|かな|かね)?(?=[?？])|とね{_AT_END}|がん?(?=[?？]))", "のですか"),
    (rf"(?<={_VERB})(?:だ?[べぺ][かが]?|(?:じゃ|や|だ){_ROU}{_KA}){_AT_END}|(?<=[るた])け{_AT_END}", "のですか"),
    # ends behind a noun, a question word or まで, for ですか
    (rf"なん(?:(?:じゃ|や){_ROU}?)?(?:{_KA}|け)?{_AT_END}", "ですか"),
    (rf"(?<=まで)(?:と|な|け|だん|だい|がや|かや|ね){_AT_END}", "ですか"),
    (rf"(?<={_NOUN})(?:じゃ|や)(?:{_ROU})?(?:{_KA}|のう?|ねん|な|け)?{_AT_END}", "ですか"),
    (rf"(?<={_NOUN})だ(?:{_ROU}{_KA}|っぺ|[べび][かが]?|んべ?(?:{_KA})?|かや){_AT_END}", "ですか"),
    (rf"(?:(?<={_NOUN})|(?<=もん))(?:か{_SOFT}|け){_AT_END}", "ですか"),
    # softened か
    (rf"(?<=[すん]|{_VERB})か{_SOFT}{_AT_END}", "か"),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern), standard) for pattern, standard in _FORMS)


def in_standard(text: str) -> str:
    """Return a question with the end and the question words of a dialect in standard Japanese; what stands in 「」 stays.

    >>> in_standard("計画はいつまでじゃろうか？"), in_standard("町はどげなことに取り組むん？")
    ('計画はいつまでですか？', '町はどんなことに取り組むのですか？')
    >>> in_standard("計画はいつまで続きますか。今年だけ？ 大変なの？")
    '計画はいつまで続きますか。今年だけ？ 大変なの？'
    """
    return "".join(part if _QUOTED.fullmatch(part) else _standard(part) for part in _QUOTED.split(text))


def _standard(text: str) -> str:
    for pattern, standard in _COMPILED:
        text = pattern.sub(standard, text)
    return text
