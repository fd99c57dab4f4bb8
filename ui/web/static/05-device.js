// What a person has set on this device holds on every page from its first paint on: the size of the text.
(() => {
  const NAME = "machiplan-size";
  const root = document.documentElement;
  const read = () => { try { return localStorage.getItem(NAME) ?? ""; } catch { return ""; } };
  const set = (size) => {
    if (size) root.dataset.size = size;
    else delete root.dataset.size;
  };
  set(read());

  const mark = () => document.querySelectorAll(".sizes [data-size]").forEach((button) => {
    const pressed = String(button.dataset.size === (root.dataset.size ?? ""));
    if (button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".sizes [data-size]");
    if (!button) return;
    set(button.dataset.size);
    try { localStorage.setItem(NAME, button.dataset.size); } catch { /* a private window: it holds for this page */ }
    mark();
  });
  new MutationObserver(mark).observe(root, { childList: true, subtree: true });
})();
