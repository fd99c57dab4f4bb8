// Every page's own behaviour, before Gradio starts: Japanese labels, no sending during kana conversion.
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

  // Gradio opens a dropdown's choices at every key, so the Tab that leaves would leave them open over the next control.
  window.addEventListener("keydown", (event) => {
    if (event.key === "Tab" && event.target.matches?.("[role=combobox]")) event.stopImmediatePropagation();
  }, true);

  // Gradio's own messages (a lost connection) are English; whatever is not Japanese is said in Japanese.
  const japanese = /[ぁ-んァ-ヶ]/;
  const say = (selector, text) => document.querySelectorAll(selector).forEach((element) => {
    if (!japanese.test(element.textContent)) element.textContent = text;
  });
  const translate = () => {
    say(".toast-wrap .toast-title", "おしらせ");
    say('.toast-wrap [data-testid="toast-text"]', "サーバーとの通信が途切れました。少し待ってから、もう一度お試しください。");
  };

  new MutationObserver(translate).observe(document.documentElement, { childList: true, subtree: true, characterData: true });
})();
