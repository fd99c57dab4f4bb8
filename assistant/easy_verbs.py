"""The forms of a Japanese verb, from its dictionary form and Sudachi's name of its class."""

from __future__ import annotations

from dataclasses import dataclass

from index.tokens import Token

# The five vowels of each row of 五段 verbs, a to o, by Sudachi's name of the row.
_ROWS = {
    "カ行": "かきくけこ",
    "ガ行": "がぎぐげご",
    "サ行": "さしすせそ",
    "タ行": "たちつてと",
    "ナ行": "なにぬねの",
    "バ行": "ばびぶべぼ",
    "マ行": "まみむめも",
    "ラ行": "らりるれろ",
    "ワア行": "わいうえお",
}
# What stands before た and て, by the row: 書いた, 読んだ, 取った.
_BEFORE_TE = {"カ行": "いて", "ガ行": "いで", "サ行": "して", "ナ行": "んで", "バ行": "んで", "マ行": "んで"}
_GO = ("行く", "いく", "ゆく")  # 行って, not 行いて


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb, or an auxiliary that inflects like one, in its dictionary form."""

    base: str
    kind: str

    @classmethod
    def of(cls, token: Token) -> Verb:
        """Return the verb that a word of a text is a form of."""
        return cls(token.base, token.form[0])

    @property
    def stem(self) -> str:
        """Return the form before ます.

        >>> [v.stem for v in (Verb("図る", "五段-ラ行"), Verb("高める", "下一段-マ行"), Verb("する", "サ行変格"))]
        ['図り', '高め', 'し']
        """
        return self._ending("し", "き", 1)

    @property
    def te(self) -> str:
        """Return the form with て.

        >>> [v.te for v in (Verb("図る", "五段-ラ行"), Verb("読む", "五段-マ行"), Verb("いく", "五段-カ行"))]
        ['図って', '読んで', 'いって']
        """
        if self.base.endswith(_GO):
            return self.base[:-1] + "って"
        if self.kind.startswith("五段"):
            return self.base[:-1] + _BEFORE_TE.get(self._row, "って")
        return self.stem + "て"

    @property
    def past(self) -> str:
        """Return the form with た."""
        return self.te[:-1] + {"て": "た", "で": "だ"}[self.te[-1]]

    @property
    def before_nai(self) -> str:
        """Return the form before ない.

        >>> [v.before_nai for v in (Verb("使う", "五段-ワア行"), Verb("する", "サ行変格"), Verb("決める", "下一段-マ行"))]
        ['使わ', 'し', '決め']
        """
        return self._ending("し", "こ", 0)

    @property
    def passive(self) -> Verb:
        """Return the verb with れる or られる.

        >>> [v.passive.base for v in (Verb("使う", "五段-ワア行"), Verb("よくする", "サ行変格"), Verb("決める", "下一段-マ行"))]
        ['使われる', 'よくされる', '決められる']
        """
        ending = "れる" if self.kind.startswith(("五段", "サ行変格")) else "られる"
        return Verb(self._ending("さ", "こ", 0) + ending, "下一段-ラ行")

    @property
    def potential(self) -> Verb:
        """Return the verb that says that it can be done.

        >>> [v.potential.base for v in (Verb("使う", "五段-ワア行"), Verb("よくする", "サ行変格"), Verb("決める", "下一段-マ行"))]
        ['使える', 'よくできる', '決められる']
        """
        if self.kind.startswith("サ行変格"):
            return Verb(self.base[:-2] + "できる", "上一段-カ行")
        ending = "る" if self.kind.startswith("五段") else "られる"
        return Verb(self._ending("", "こ", 3) + ending, "下一段-ラ行")

    @property
    def conditional(self) -> str:
        """Return the form before ば."""
        return self._ending("すれ", "くれ", 3) if not self._plain_row else self.base[:-1] + "れ"

    @property
    def _row(self) -> str:
        return self.kind.partition("-")[2]

    @property
    def _plain_row(self) -> bool:
        return not self.kind.startswith(("五段", "サ行変格", "カ行変格"))

    def _ending(self, suru: str, kuru: str, vowel: int) -> str:
        """Return the base with its ending changed: by the verb's row, or as する and くる change."""
        if self.kind.startswith("五段"):
            return self.base[:-1] + _ROWS[self._row][vowel]
        if self.kind.startswith("サ行変格"):
            return self.base[:-2] + suru
        if self.kind.startswith("カ行変格"):
            return self.base[:-2] + (self.base[-2] + kuru[1:] if self.base[-2] == "来" else kuru)
        return self.base[:-1]


def inflects(token: Token) -> bool:
    """Return whether a word is a verb, or れる, られる, せる, させる, which inflect like one."""
    return token.pos[0] == "動詞" or (token.pos[0] == "助動詞" and token.base in ("れる", "られる", "せる", "させる"))


def ends(token: Token) -> bool:
    """Return whether a word is in the form that ends a clause (図る, した, ない) or stands before a noun: they look alike."""
    return token.form[1].startswith(("終止形", "連体形"))
