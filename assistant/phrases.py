"""What the assistant says around its quotes, in polite Japanese. No fact of a plan is written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ingest.document import Plan
from ingest.eras import era_year

MOST_LISTED, LISTED = 24, 5
"""Names of which all are told, and how many of more."""


class Phrases:
    """The sentences around the quotes, for the plans that are covered."""

    def __init__(self, plans: Sequence[Plan]) -> None:
        """Take the covered plans."""
        self._plans = Counter(plan.municipality_code for plan in plans)
        self._towns = tuple(dict.fromkeys(plan.municipality for plan in plans))

    def group(self, plan: Plan, lines: Sequence[str], *, several: bool, stance: str = "") -> list[str]:
        """Return one municipality's part of an answer; ``stance`` tells how firmly its plan puts what is quoted."""
        if several:
            return [f"【{plan.municipality}】", *([stance] if stance else []), *lines, ""]
        said = stance or "計画には、次のように書かれています。"
        if self._plans[plan.municipality_code] > 1:  # which of them it is has to be said
            return [f"{plan.municipality}の「{plan.title}」{said.removeprefix('計画')}", "", *lines]
        return [f"{plan.municipality}の{said}", "", *lines]

    def details(self, plan: Plan) -> str:
        """Return where to ask for what a plan does not tell of a service."""
        return f"計画に書かれている内容です。今の手続や時期は、{plan.municipality}の窓口へお問い合わせください。"

    @property
    def _covered(self) -> str:
        """The covered municipalities: each, or of many the first ones and how many they are."""
        return _listed(self._towns)

    def silent(self, names: Sequence[str]) -> list[str]:
        """Return what to say of municipalities that were asked about and give no answer."""
        return [f"{'、'.join(names)}の計画には、あてはまる記載が見つかりませんでした。"] if names else []

    def uncovered(self, names: Sequence[str]) -> list[str]:
        """Return what to say of municipalities that were asked about and are not covered."""
        return [f"{'、'.join(names)}の計画は収録していません。"] if names else []

    def not_found(self, names: Sequence[str], near: Sequence[tuple[str, str]], titles: Sequence[str] = ()) -> str:
        """Return what to say when the plans do not answer; ``titles`` are those meant of a municipality's several plans."""
        plans = "".join(f"「{title}」" for title in titles) or "計画"
        whose = f"{_listed(names)}の{plans}" if names else "収録している計画"
        text = f"{whose}には、ご質問の答えになる記載が見つかりませんでした。"
        if near:
            places = "\n".join(f"・{town}「{place}」" if len(names) != 1 else f"・「{place}」" for town, place in near)
            text += f"\n近い内容は、次の見出しにあります。\n{places}"
        return f"{text}\n手続や最新の予定は、自治体の窓口へお問い合わせください。"

    def not_covered(self, names: Sequence[str]) -> str:
        """Return what to say of municipalities that are not covered."""
        return f"{'、'.join(names)}の計画は収録していないため、お答えできません。\n収録している自治体は、{self._covered}です。"

    def unclear(self, name: str, candidates: Sequence[str]) -> str:
        """Return the question back when a name could be several municipalities'."""
        return f"「{name}」は、{'、'.join(candidates)}のどれのことでしょうか。自治体の名前を選んで、もう一度お尋ねください。"

    def many(self, names: Sequence[str]) -> str:
        """Return the question back when too many municipalities could answer."""
        return f"{len(names)}の自治体の計画に関係する記載があります。どの自治体についてか、選んでお尋ねください。"

    def out_of_scope(self) -> str:
        """Return what to say of a question that no municipal plan answers."""
        return f"このご質問にはお答えできません。ここでは、{self._covered}の計画に書かれていることだけをお答えします。"

    def superseded(self, plan: Plan, later: Plan) -> str:
        """Return the notice on a plan that another one has replaced."""
        return (
            f"{plan.municipality}「{plan.title}」は、その後「{later.title}」に改められています。"
            f"新しい計画に当たる記載が見つからなかったため、以前の計画から引用しました。"
        )

    def other_kind(self, own: Sequence[Plan]) -> str:
        """Return the notice that a municipality's covered plans are not called what the question calls them."""
        titles = "".join(f"「{plan.title}」" for plan in own)
        return f"{own[0].municipality}の計画で収録しているのは、{titles}です。お尋ねの計画とは別の計画かもしれません。"

    def also_covered(self, others: Sequence[Plan]) -> str:
        """Return the notice on a municipality's other plans, of which the question may have been meant."""
        titles = "".join(f"「{plan.title}」" for plan in others)
        return f"{others[0].municipality}の計画は、ほかに{titles}を収録しています。お調べになるときは、計画の名前を入れてお尋ねください。"

    def more_measures(self, municipality: str, number: int) -> str:
        """Return that an answer names the first measures of so many."""
        return f"{municipality}の計画には{number}件の取組があります。ここでは初めのほうを挙げました。「取組一覧」で、すべてご覧になれます。"

    def expired(self, plan: Plan) -> str:
        """Return the notice on a plan whose period has ended."""
        assert plan.valid_to is not None
        end = plan.valid_to
        return (
            f"{plan.municipality}「{plan.title}」の計画期間は、{era_year(end.year)}{end.month}月{end.day}日で終わっています。"
            f"今の内容は{plan.municipality}へご確認ください。"
        )


def _listed(names: Sequence[str]) -> str:
    """Return names as a list, of very many the first ones and their number.

    >>> _listed(["東町", "西町"]), _listed([f"{n}町" for n in range(100)])
    ('東町、西町', '0町、1町、2町、3町、4町など100の自治体')
    """
    return "、".join(names) if len(names) <= MOST_LISTED else f"{'、'.join(names[:LISTED])}など{len(names)}の自治体"
