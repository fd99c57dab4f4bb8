// Copying text, for every page: window.machiplan.copy(text) gives whether it is on the clipboard.
window.machiplan = {
  // A page that is not served over HTTPS has no clipboard of its own; the older way works there.
  copy: async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const before = document.activeElement;
      const area = document.createElement("textarea");
      area.value = text;
      area.className = "unseen";
      (document.querySelector("dialog[open]") ?? document.body).append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      before?.focus();
      return done;
    }
  },
};
