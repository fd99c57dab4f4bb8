// 比較: on a phone the result takes the place of what it was asked with; the table goes to the clipboard as text for
// spreadsheets and as a table for documents.
(() => {
  // Whoever asked finds himself at the result: the control that had the focus is no longer there.
  let asking = null; // the result that stood there when it was asked
  let waiting = false;
  const result = () => document.querySelector("#compared section");
  const asked = (event) => {
    if (event.target.closest?.("#compare-send, #compare-asks .gallery-item") || (event.key === "Enter" && event.target.closest?.("#compare-topic"))) {
      [asking, waiting] = [result(), true];
    }
  };
  document.addEventListener("click", asked, true);
  document.addEventListener("keydown", asked, true);
  new MutationObserver(() => {
    const shown = waiting && result();
    if (!shown || shown === asking) return;
    waiting = false;
    if (document.getElementById("compare-asks").checkVisibility()) return; // a wide window shows both
    document.getElementById("compared-title").focus({ preventScroll: true });
    document.getElementById("compare-status").scrollIntoView();
  }).observe(document.documentElement, { childList: true, subtree: true });

  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("#compare-change")) return;
    result().dataset.open = "";
    document.getElementById("compare-asks").scrollIntoView();
    document.querySelector("#compare-topic textarea, #compare-topic input").focus({ preventScroll: true });
  });

  const cells = (text) => {
    const rows = [[""]];
    let quoted = false;
    for (let at = 0; at < text.length; at += 1) {
      const letter = text[at];
      const row = rows[rows.length - 1];
      if (letter === '"' && quoted && text[at + 1] === '"') { row[row.length - 1] += '"'; at += 1; }
      else if (letter === '"') quoted = !quoted;
      else if (letter === "\t" && !quoted) row.push("");
      else if (letter === "\n" && !quoted) rows.push([""]);
      else row[row.length - 1] += letter;
    }
    return rows;
  };

  const table = (text) => {
    const made = document.createElement("table");
    cells(text).forEach((row, number) => {
      const line = made.insertRow();
      for (const cell of row) {
        const box = document.createElement(number ? "td" : "th");
        cell.split("\n").forEach((part, at) => box.append(...(at ? [document.createElement("br")] : []), part));
        line.append(box);
      }
    });
    return made;
  };

  // Where the page is not served over HTTPS the clipboard is closed to scripts, but not to the copy event.
  const copy = (text) => {
    let copied = false;
    const fill = (event) => {
      event.preventDefault();
      event.clipboardData.setData("text/plain", text);
      event.clipboardData.setData("text/html", table(text).outerHTML);
      copied = true;
    };
    document.addEventListener("copy", fill, { once: true });
    document.execCommand("copy");
    document.removeEventListener("copy", fill);
    return copied;
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("#copy-table");
    if (!button) return;
    document.getElementById("copied").textContent = copy(button.dataset.copy)
      ? "表をコピーしました。表計算ソフトや文書に貼り付けられます。"
      : "コピーできませんでした。CSV で保存してください。";
  });
})();
