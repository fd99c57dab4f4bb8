// Filters of the list of questions; their state lives in the address, so that a filtered view can be handed on.
(() => {
  const form = document.getElementById("filters");
  if (!form) return;
  const cases = [...document.querySelectorAll(".case")];
  const selects = [...form.querySelectorAll("select")];
  const search = form.elements.namedItem("text");
  const plain = (text) => text.normalize("NFKC").toLowerCase();

  const texts = new Map();
  const textOf = (item) => {
    if (!texts.has(item)) texts.set(item, plain([...item.querySelectorAll(".text")].map((part) => part.textContent).join("\n")));
    return texts.get(item);
  };

  const show = () => {
    const wanted = selects.filter((select) => select.value).map((select) => [select.name, select.value]);
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const item of cases) {
      const fits =
        wanted.every(([name, value]) => (item.dataset[name] ?? "").split("\n").includes(value)) &&
        words.every((word) => textOf(item).includes(word));
      item.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    for (const list of document.querySelectorAll(".list")) list.hidden = !list.querySelector(".case:not([hidden])");
    document.getElementById("none").hidden = shown > 0;
    document.getElementById("count").value =
      `${cases.length.toLocaleString("ja")}件中 ${shown.toLocaleString("ja")}件を表示`;
  };

  const toAddress = () => {
    const state = new URLSearchParams();
    for (const field of [...selects, search]) if (field.value) state.set(field.name, field.value);
    history.replaceState(null, "", state.size ? `#${state}` : location.pathname + location.search);
  };

  // An address without "=" is a place on the page, such as one question, and leaves the filters alone.
  const fromAddress = () => {
    const hash = location.hash.slice(1);
    if (!hash) return clear();
    if (!hash.includes("=")) {
      const place = document.getElementById(hash);
      if (!place?.matches(".case")) return undefined;
      if (place.hidden) clear();
      place.open = true;
      return place.scrollIntoView();
    }
    const state = new URLSearchParams(hash);
    for (const field of [...selects, search]) field.value = state.get(field.name) ?? "";
    for (const select of selects) if (select.selectedIndex < 0) select.value = "";
    show();
    return document.getElementById("questions").scrollIntoView();
  };

  const clear = () => {
    for (const field of [...selects, search]) field.value = "";
    show();
  };

  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { show(); toAddress(); }, 120);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => { event.preventDefault(); clear(); toAddress(); });
  document.getElementById("open").addEventListener("click", () => { for (const item of cases) item.open = !item.hidden || item.open; });
  document.getElementById("close").addEventListener("click", () => { for (const item of cases) item.open = false; });
  window.addEventListener("hashchange", fromAddress);

  form.hidden = false;
  show();
  fromAddress();
})();
