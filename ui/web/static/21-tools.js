// What can be done with an answer: copy it, say whether it helped; with a conversation: save it, print it.
(() => {
  const COPIED = "コピーしました。";
  const NOT_COPIED = "コピーできませんでした。文字を選んでコピーしてください。";
  const NOT_SENT = "送れませんでした。少し待ってから、もう一度お試しください。";

  const NOT_DELETED = "消せませんでした。少し待ってから、もう一度お試しください。";

  const copyAndSay = async (button, text, said) => {
    const done = await window.machiplan.copy(text);
    if (said) said.textContent = done ? COPIED : NOT_COPIED;
  };

  const save = () => {
    const text = document.querySelector(".conversation")?.dataset.markdown ?? "";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/markdown;charset=utf-8" }));
    const day = new Date(Date.now() + 9 * 3600e3).toISOString().slice(0, 10);
    link.download = `まちプラン-${day}.md`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60e3);
  };

  // On an answer's own page; what stands at its address afterwards says that it is gone.
  const remove = async (said) => {
    if (!window.confirm("この回答と、いただいたご意見を、サーバーから消します。元に戻すことはできません。よろしいですか？")) return;
    try {
      const response = await fetch(`/api/answers/${document.querySelector(".turn").dataset.answer}`, { method: "DELETE" });
      if (response.ok || response.status === 404) location.reload();
      else said.textContent = NOT_DELETED;
    } catch {
      said.textContent = NOT_DELETED;
    }
  };

  // What was said of an answer outlives the answer's being drawn again.
  const opinions = new Map();
  const show = (turn) => {
    const opinion = opinions.get(turn.dataset.answer);
    if (!opinion || turn.dataset.said === opinion.stamp) return;
    turn.dataset.said = opinion.stamp;
    turn.querySelector('[data-do="helpful"]').setAttribute("aria-pressed", String(opinion.helpful === true));
    turn.querySelector('[data-do="unhelpful"]').setAttribute("aria-pressed", String(opinion.helpful === false));
    turn.querySelector(".comment").hidden = !opinion.open;
    turn.querySelector(".comment textarea").value = opinion.comment ?? "";
    turn.querySelector(".tools-said").textContent = opinion.said ?? "";
  };
  const change = (turn, news) => {
    const id = turn.dataset.answer;
    const before = opinions.get(id);
    opinions.set(id, { ...before, ...news, stamp: String(Number(before?.stamp ?? 0) + 1) });
    const drawn = document.querySelector(`.turn[data-answer="${CSS.escape(id)}"]`);
    if (drawn) show(drawn);
  };
  const send = async (turn, helpful, comment) => {
    try {
      const response = await fetch("/api/feedback", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ answer_id: turn.dataset.answer, helpful, ...(comment ? { comment } : {}) }),
      });
      if (response.ok) return "";
      const told = await response.json();
      return told.error.message;
    } catch {
      return NOT_SENT;
    }
  };
  const judge = async (turn, helpful) => {
    const problem = await send(turn, helpful, opinions.get(turn.dataset.answer)?.sent);
    if (problem) change(turn, { said: problem });
    else change(turn, { helpful, open: true, said: "お知らせいただき、ありがとうございます。" });
    inSight(document.querySelector(".comment:not([hidden])"));
  };

  // The form of an opinion comes into sight as a whole, clear of the box that stays at the foot of a phone.
  const inSight = (form) => form?.scrollIntoView({ block: "nearest" });
  document.addEventListener("focusin", (event) => inSight(event.target.closest?.(".comment")));

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-do]");
    if (!button) return;
    const turn = button.closest(".turn");
    const tasks = {
      copy: () => copyAndSay(button, turn.dataset.text, turn.querySelector(".tools-said")),
      "copy-quote": () => copyAndSay(button, button.dataset.text, button.parentElement.querySelector('[role="status"]')),
      "copy-address": () => copyAndSay(button, location.href, button.parentElement.querySelector('[role="status"]')),
      helpful: () => judge(turn, true),
      unhelpful: () => judge(turn, false),
      save,
      print: () => window.print(),
      delete: () => remove(button.parentElement.querySelector('[role="status"]')),
    };
    tasks[button.dataset.do]?.();
  });
  document.addEventListener("input", (event) => {
    const turn = event.target.closest?.(".comment") && event.target.closest(".turn");
    if (turn) opinions.get(turn.dataset.answer).comment = event.target.value;
  });
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest?.(".comment");
    if (!form) return;
    event.preventDefault();
    const turn = form.closest(".turn");
    const { helpful, comment } = opinions.get(turn.dataset.answer);
    const problem = await send(turn, helpful, (comment ?? "").trim());
    if (problem) change(turn, { said: problem });
    else change(turn, { open: false, sent: comment, said: "ご意見をお送りしました。ありがとうございます。" });
  });
  new MutationObserver(() => document.querySelectorAll(".turn").forEach(show))
    .observe(document.documentElement, { childList: true, subtree: true });

  // On paper nothing is folded away.
  window.addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll("details:not([open])")) {
      folded.open = true;
      window.addEventListener("afterprint", () => { folded.open = false; }, { once: true });
    }
  });
})();
