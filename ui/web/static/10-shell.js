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

  // Where one may type to find a choice, the first letter takes the place of what is chosen.
  document.addEventListener("focusin", (event) => {
    const box = event.target;
    if (box.matches?.("input[role=combobox]:not([readonly])")) requestAnimationFrame(() => box.select());
  });

  // Gradio narrows the choices at a key press; kana come from a conversion, after the last one.
  document.addEventListener("input", (event) => {
    if (event.target.matches?.("input[role=combobox]")) event.target.dispatchEvent(new KeyboardEvent("keydown", { key: "Unidentified", bubbles: true }));
  });

  // Gradio's own messages (too many wait, a lost connection) are English; whatever is not Japanese is said in Japanese, and once.
  const japanese = /[ぁ-んァ-ヶ]/;
  const told = (text) => (/busy/.test(text) ? "ただいま混み合っています。" : "サーバーとの通信が途切れました。");
  const translate = () => {
    for (const title of document.querySelectorAll(".toast-wrap .toast-title")) {
      if (!japanese.test(title.textContent)) title.textContent = "おしらせ";
    }
    const said = new Set();
    for (const toast of document.querySelectorAll('.toast-wrap [data-testid="toast-text"]')) {
      if (!japanese.test(toast.textContent)) toast.textContent = `${told(toast.textContent)}少し待ってから、もう一度お試しください。`;
      if (toast.hidden !== said.has(toast.textContent)) toast.hidden = !toast.hidden;
      said.add(toast.textContent);
    }
  };

  new MutationObserver(translate).observe(document.documentElement, { childList: true, subtree: true, characterData: true });
})();
