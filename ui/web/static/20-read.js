// 計画を読む: opens at the quote or the first place found, steps through the places, copies the quote.
(() => {
  const wide = window.matchMedia("(min-width: 1024px)");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  let opened = null;
  let current = 0;

  const go = (element, smooth) => {
    element.setAttribute("tabindex", "-1");
    element.focus({ preventScroll: true });
    element.scrollIntoView({ behavior: smooth && !calm.matches ? "smooth" : "auto", block: "center" });
  };

  const status = () => document.querySelector(".read-found [role='status'][data-count]");

  const goToHit = (number, smooth) => {
    const count = Number(status().dataset.count);
    document.querySelector(".plan mark[aria-current]")?.removeAttribute("aria-current");
    current = ((number - 1 + count) % count) + 1;
    const hit = document.getElementById(`hit-${current}`);
    if (!hit) return;
    hit.setAttribute("aria-current", "true");
    hit.scrollIntoView({ behavior: smooth && !calm.matches ? "smooth" : "auto", block: "center" });
    status().textContent = `${count}か所のうち${current}か所目です。`;
  };

  const copy = async (button) => {
    const words = `${button.dataset.copies}\n${location.origin}${button.dataset.link}`;
    const done = await window.machiplan.copy(words);
    button.parentElement.querySelector("[role='status']").textContent = done
      ? "コピーしました。" : "コピーできませんでした。引用箇所を選んでコピーしてください。";
  };

  document.addEventListener("click", (event) => {
    const step = event.target.closest?.("#read [data-step]");
    if (step) goToHit(current + Number(step.dataset.step), true);
    const copies = event.target.closest?.("#read [data-copies]");
    if (copies) copy(copies);
    const link = event.target.closest?.(".read-quote a[href^='#quote-'], .read-contents a");
    const place = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!place) return;
    if (link.closest(".read-contents") && !wide.matches) link.closest("details").open = false;
    if (!link.closest(".read-contents")) {
      event.preventDefault();
      go(place, true);
    }
  });

  const fit = () => document.querySelectorAll(".read-contents details").forEach((fold) => { fold.open = wide.matches; });
  wide.addEventListener("change", fit);

  // What the address asks for, once the plan has arrived: its quote first, else its place, else the first one found.
  const open = () => {
    const plan = document.querySelector("#read .plan");
    if (!plan || plan === opened) return;
    opened = plan;
    fit();
    document.title = `${document.querySelector(".read-title").textContent}｜${document.title}`;
    const place = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const quote = document.querySelector(".plan mark.plan-quote[id]");
    current = 0;
    if (status() && !quote) goToHit(1, false);
    else if (place || quote) go(place || quote, false);
  };
  new MutationObserver(open).observe(document.documentElement, { childList: true, subtree: true });
})();
