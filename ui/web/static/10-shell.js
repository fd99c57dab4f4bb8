// The page's own behaviour, before Gradio starts: Japanese labels, no sending during kana conversion, links to citations.
(() => {
  for (const [name, value] of [["language", "ja"], ["languages", ["ja"]]]) {
    Object.defineProperty(navigator, name, { get: () => value });
  }

  // The Enter that ends a kana conversion must not send. Safari reports it after the conversion, as key code 229, and
  // Gradio sends on the key press that a browser may let follow.
  let converting = false;
  for (const kind of ["keydown", "keypress"]) {
    window.addEventListener(kind, (event) => {
      if (kind === "keydown") converting = event.isComposing || event.keyCode === 229;
      if (event.key !== "Enter" || !(converting || event.isComposing)) return;
      event.stopImmediatePropagation();
      if (kind === "keypress") event.preventDefault();
    }, true);
  }

  const wide = window.matchMedia("(min-width: 1024px)");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const show = (element) =>
    element.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block: wide.matches ? "nearest" : "start" });

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('#chat a[href*="#source-"]');
    if (!link) return;
    event.preventDefault();
    const source = document.getElementById(link.getAttribute("href").split("#")[1]);
    if (!source) return;
    const folded = source.closest("details");
    if (folded) folded.open = true;
    document.querySelectorAll(".source-chosen").forEach((chosen) => chosen.classList.remove("source-chosen"));
    source.classList.add("source-chosen");
    source.focus({ preventScroll: true });
    show(source);
  });

  // Gradio labels each message with its Markdown source, which a screen reader would read instead of the text.
  const relabel = () => {
    document.querySelectorAll("#chat [data-testid][aria-label]").forEach((message) => message.removeAttribute("aria-label"));
    document.querySelector('#chat [role="log"]')?.setAttribute("aria-label", "質問と回答");
  };

  // Gradio's own messages (a lost connection) are English; whatever is not Japanese is said in Japanese.
  const japanese = /[ぁ-んァ-ヶ]/;
  const say = (selector, text) => document.querySelectorAll(selector).forEach((element) => {
    if (!japanese.test(element.textContent)) element.textContent = text;
  });
  const translate = () => {
    say(".toast-wrap .toast-title", "おしらせ");
    say('.toast-wrap [data-testid="toast-text"]', "サーバーとの通信が途切れました。少し待ってから、もう一度お試しください。");
  };

  // In a narrow window the newest question goes to the top, when asked and when its quotes arrive, so that answer and
  // quotes follow below it; in a wide one the answer is only kept in view. Whoever scrolls meanwhile is left alone.
  let questions = 0;
  let quotes = null;
  let following = false;
  for (const own of ["wheel", "touchmove", "keydown"]) {
    window.addEventListener(own, () => { following = false; }, { passive: true });
  }
  const follow = () => {
    const asked = document.querySelectorAll("#chat .user-row");
    const shown = document.querySelector("#sources .html-container")?.innerHTML ?? null;
    const more = asked.length > questions;
    if (more) following = true;
    if (more || (following && shown !== quotes)) {
      if (!wide.matches) asked[asked.length - 1]?.scrollIntoView({ block: "start" });
      else document.querySelector("#chat .bot-row:last-child")?.scrollIntoView({ block: "nearest" });
    }
    if (!more && shown !== quotes) following = false;
    questions = asked.length;
    quotes = shown;
  };
  new MutationObserver(() => {
    relabel();
    translate();
    follow();
  }).observe(document.documentElement, { childList: true, subtree: true, characterData: true });
})();
