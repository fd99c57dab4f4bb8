// The plan beside the answer: a number or a citation opens it at the quoted words; closing goes back to where one was.
(() => {
  const FAILED = "計画を開けませんでした。少し待ってから、もう一度お試しください。";
  const MOVED = "この回答のあとで計画が替わり、引用した文章の位置が変わっています。下に示した箇所は、引用と一致しません。";
  const wide = window.matchMedia("(min-width: 1024px)");
  let opener = null;

  const dialog = () => {
    const found = document.getElementById("viewer");
    if (found) return found;
    const made = document.createElement("dialog");
    made.id = "viewer";
    made.setAttribute("aria-labelledby", "viewer-title");
    made.innerHTML = '<div class="viewer-head"><h2 id="viewer-title">計画の原文</h2>'
      + '<button type="button" class="viewer-close">閉じる</button></div><div class="viewer-body"></div>';
    made.querySelector(".viewer-close").addEventListener("click", () => close(made));
    made.addEventListener("close", () => leave(made)); // a phone's own way back closes it too
    return document.querySelector(".contain").appendChild(made); // within it alone Gradio lets our rules for wide windows act
  };
  // The event "close" comes some time after closing, and by then the reader may be elsewhere or have opened another quote.
  const close = (shown) => {
    shown.close();
    leave(shown);
  };
  const leave = (shown) => {
    if (shown.open || !opener) return;
    document.querySelectorAll(".source-chosen").forEach((chosen) => chosen.classList.remove("source-chosen"));
    const back = opener.isConnected ? opener : document.querySelector("#question textarea");
    opener = null;
    back?.focus();
  };
  window.addEventListener("keydown", (event) => {
    const shown = document.getElementById("viewer");
    if (event.key === "Escape" && shown?.open && !event.isComposing) {
      event.preventDefault();
      close(shown);
    }
  });

  const say = (body, text) => {
    const line = document.createElement("p");
    line.setAttribute("role", "alert");
    line.textContent = text;
    body.prepend(line);
  };
  let asked = 0; // of two numbers pressed one after the other only the last one's plan is shown
  const find = async (body, query, quote) => {
    const turn = ++asked;
    body.setAttribute("aria-busy", "true");
    body.innerHTML = '<p role="status">計画を開いています…</p>';
    try {
      const response = await fetch(`/view?${query}`);
      if (!response.ok) throw new Error(String(response.status));
      const text = await response.text();
      if (turn !== asked) return;
      body.innerHTML = text; // made by our own server, in which a plan's words are never mark-up
      const stands = body.querySelector(".viewer-quote")?.dataset.quote;
      if (quote !== null && stands !== quote) say(body, MOVED);
    } catch {
      if (turn !== asked) return;
      body.replaceChildren();
      say(body, FAILED);
    }
    body.removeAttribute("aria-busy");
    const mark = body.querySelector("mark");
    if (!mark) return;
    mark.tabIndex = -1;
    mark.focus({ preventScroll: true });
    mark.scrollIntoView({ block: "center" });
  };

  const open = (link, source, query) => {
    const shown = dialog();
    opener = link;
    if (!shown.open) wide.matches ? shown.show() : shown.showModal();
    document.querySelectorAll(".source-chosen").forEach((chosen) => chosen.classList.remove("source-chosen"));
    source?.classList.add("source-chosen");
    find(shown.querySelector(".viewer-body"), query, source?.querySelector(".source-quote")?.textContent ?? null);
  };

  // Beside the conversation there is room for the quotes; below it they wait until they are asked for.
  new MutationObserver(() => {
    for (const fold of document.querySelectorAll(".sources-now:not([data-seen])")) {
      fold.dataset.seen = "";
      fold.open = wide.matches;
    }
  }).observe(document.documentElement, { childList: true, subtree: true });

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".marker, .source-open");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const source = link.closest(".source") ?? document.getElementById(link.getAttribute("href").split("#")[1]);
    if (!source) return;
    const folded = source.closest("details");
    if (folded) folded.open = true;
    open(link, source, new URLSearchParams({ plan: source.dataset.plan, start: source.dataset.start, end: source.dataset.end }));
  });
})();
