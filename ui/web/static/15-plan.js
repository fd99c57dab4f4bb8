// The explanation of a word in a plan, shown beside it on hover, on focus and on touch; Escape puts it away.
(() => {
  const TERM = ".plan a.plan-term";
  const AWAY = 300; // milliseconds in which the pointer may travel from the word to its explanation
  let shownFor = null;
  let leaving = 0;
  let touched = false;

  // A table that is wider than its place can be scrolled with the keyboard too; others are no stop of the Tab key.
  const reach = () => document.querySelectorAll(".plan-table").forEach((table) => {
    const wide = table.scrollWidth > table.clientWidth;
    if (wide === table.hasAttribute("tabindex")) return;
    for (const [name, value] of [["tabindex", "0"], ["role", "group"], ["aria-label", "横に動かせる表"]]) {
      if (wide) table.setAttribute(name, value);
      else table.removeAttribute(name);
    }
  });
  let due = 0;
  const soon = () => {
    cancelAnimationFrame(due);
    due = requestAnimationFrame(reach);
  };
  new MutationObserver(soon).observe(document.documentElement, { childList: true, subtree: true });
  window.addEventListener("resize", soon);

  const tip = (near) => {
    let box = document.getElementById("plan-tip");
    if (!box) {
      box = document.createElement("div");
      box.id = "plan-tip";
      box.setAttribute("role", "tooltip");
      box.hidden = true;
      box.addEventListener("pointerenter", () => clearTimeout(leaving));
      box.addEventListener("pointerleave", leave);
    }
    const holder = near?.closest(".html-container") ?? near?.closest(".plan")?.parentElement;
    if (holder && box.parentElement !== holder) {
      holder.style.position = "relative";
      holder.append(box);
    }
    return box;
  };

  const lines = (entry) => {
    const copy = entry.cloneNode(true);
    copy.querySelectorAll("[hidden], .plan-back").forEach((kept) => kept.remove());
    const blocks = copy.querySelectorAll("p, td, th");
    return [...(blocks.length ? blocks : [copy])].map((block) => block.textContent.trim()).filter(Boolean);
  };

  const show = (term, withLink) => {
    const entry = document.getElementById(term.getAttribute("href").slice(1));
    if (!entry) return;
    clearTimeout(leaving);
    const box = tip(term);
    box.replaceChildren(...lines(entry).map((words) => Object.assign(document.createElement("p"), { textContent: words })));
    if (withLink) {
      const link = Object.assign(document.createElement("a"), { href: term.getAttribute("href"), textContent: "説明の箇所へ進む" });
      link.addEventListener("click", hide);
      box.append(link);
    }
    box.hidden = false;
    const home = box.parentElement.getBoundingClientRect();
    const rows = [...term.getClientRects()]; // a word may go on in the next line
    const word = { left: rows[0].left, top: rows[0].top, bottom: rows[rows.length - 1].bottom };
    const room = home.width - box.offsetWidth;
    box.style.left = `${Math.max(0, Math.min(word.left - home.left, room))}px`;
    const above = word.bottom + box.offsetHeight > window.innerHeight && word.top > box.offsetHeight;
    box.style.top = `${(above ? word.top - box.offsetHeight - 4 : word.bottom + 4) - home.top}px`;
    shownFor = term;
  };

  function hide() {
    clearTimeout(leaving);
    const box = document.getElementById("plan-tip");
    if (box) box.hidden = true;
    shownFor = null;
  }

  function leave() {
    clearTimeout(leaving);
    leaving = setTimeout(() => { if (document.activeElement !== shownFor) hide(); }, AWAY);
  }

  document.addEventListener("pointerover", (event) => {
    const term = event.pointerType !== "touch" && event.target.closest?.(TERM);
    if (term) show(term, false);
  });
  document.addEventListener("pointerout", (event) => {
    if (event.pointerType !== "touch" && event.target.closest?.(TERM)) leave();
  });
  document.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch";
    if (!event.target.closest?.(`${TERM}, #plan-tip`)) hide();
  });
  document.addEventListener("focusin", (event) => {
    const term = event.target.closest?.(TERM);
    if (term) show(term, touched);
    else if (!event.target.closest?.("#plan-tip")) hide();
  });
  document.addEventListener("click", (event) => {
    const term = event.target.closest?.(TERM);
    if (!term) return;
    if (touched && event.detail > 0) {
      event.preventDefault();
      show(term, true);
    } else hide();
  });
  document.addEventListener("keydown", (event) => {
    touched = false;
    if (event.key === "Escape" && shownFor) {
      hide();
      event.stopPropagation();
    }
  }, true);
})();
