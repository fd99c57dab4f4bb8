// The chat page: what it brings back after a reload, one announcement for each answer, and where the window stands.
(() => {
  const kept = {
    read: (store, name) => { try { return store.getItem(`machiplan-${name}`) ?? ""; } catch { return ""; } },
    write: (store, name, text) => { try { store.setItem(`machiplan-${name}`, text); } catch { /* a private window */ } },
  };
  const box = () => document.querySelector("#question textarea");
  const conversation = () => document.querySelector("#chat .conversation");
  const turns = () => [...document.querySelectorAll("#chat .turn")];

  let fresh = false; // nothing was brought, so nothing has to come back before this page may be remembered
  let first = true; // what comes back after a reload is neither scrolled to nor announced
  let known = null;
  let waiting = false; // for a text that comes back into the box

  const returned = () => fresh || conversation() !== null; // whatever was brought stands here again
  const held = () => list(kept.read(sessionStorage, "answers"));
  const list = (text) => { try { return JSON.parse(text || "[]"); } catch { return []; } };
  const arrive = () => {
    const query = new URLSearchParams(location.search);
    const draft = kept.read(sessionStorage, "draft") || kept.read(sessionStorage, "asking");
    const again = performance.getEntriesByType("navigation")[0]?.type !== "navigate";
    const asked = query.get("q") ?? "";
    const text = box()?.value ? "" : again ? draft || asked : asked || draft; // what has been typed by now stays
    const answers = held();
    if (!answers.length) [fresh, first, known] = [true, false, new Set()];
    waiting = text !== "";
    return JSON.stringify({
      wanted: query.get("town") ?? "",
      town: kept.read(localStorage, "town"),
      easy: easyChosen(),
      answers,
      text,
    });
  };
  const chooseTown = (town) => {
    kept.write(localStorage, "town", town ?? "");
    const address = new URL(location.href);
    if (town) address.searchParams.set("town", town);
    else address.searchParams.delete("town");
    history.replaceState(history.state, "", address);
    return [];
  };
  const easyChosen = () => kept.read(localStorage, "easy") === "yes";
  const chooseEasy = (easy) => { kept.write(localStorage, "easy", easy ? "yes" : ""); return []; };
  // With each question the server hears what stands here: after a restart it knows nothing of this page.
  const ids = () => turns().map((turn) => turn.dataset.answer);
  const pending = () => document.querySelector("#pending .user-row")?.textContent ?? "";
  const hold = () => JSON.stringify({ answers: returned() ? ids() : held(), text: pending() });
  const toBox = () => { box()?.focus(); return []; };
  window.machiplan = { ...window.machiplan, arrive, chooseTown, easyChosen, chooseEasy, hold, toBox };

  // What a reload must not lose: the answers by their ids, the question that is being answered, the text in the box.
  const remember = () => {
    if (!box() || !returned() || (waiting && !box().value)) return;
    waiting = false;
    kept.write(sessionStorage, "answers", JSON.stringify(conversation()?.dataset.kept === "yes" ? ids() : []));
    kept.write(sessionStorage, "asking", pending());
    kept.write(sessionStorage, "draft", box().value);
  };
  document.addEventListener("input", (event) => { if (event.target === box()) remember(); });
  window.addEventListener("pagehide", remember);

  // A screen reader hears a finished answer once, and nothing of its growing.
  const announce = () => {
    const shown = conversation();
    if (!shown) return;
    const last = turns().at(-1);
    if (known && last && !known.has(last.dataset.answer)) {
      const said = last.querySelector(".bot-row").innerText.replace(/\[\d+\]/g, "").trim();
      const count = Number(last.dataset.citations);
      const more = said.length > 400 ? `${said.slice(0, 400)}…続きは回答の欄にあります。` : said;
      region().textContent = `回答が出ました。${more}${count ? `根拠は${count}件です。` : ""}`;
    }
    known = new Set([...(known ?? []), ...ids()]);
  };
  const region = () => {
    const found = document.getElementById("announcement");
    if (found) return found;
    const made = document.createElement("div");
    made.id = "announcement";
    made.className = "unseen";
    made.setAttribute("role", "status");
    return document.body.appendChild(made);
  };

  // In a narrow window the newest question goes to the top, when asked and when it is answered, so that answer and
  // quotes follow below it; in a wide one the answer is only kept in view. Whoever scrolls meanwhile is left alone.
  const wide = window.matchMedia("(min-width: 1024px)");
  let asked = "";
  let answered = "";
  let following = false;
  for (const own of ["wheel", "touchmove", "keydown"]) {
    window.addEventListener(own, () => { following = false; }, { passive: true });
  }
  const follow = () => {
    if (!returned()) return;
    const pending = document.querySelector("#pending .user-row");
    const last = turns().at(-1);
    const now = pending?.textContent ?? "";
    const id = last?.dataset.answer ?? "";
    if (now && now !== asked) following = true;
    if (following && !first && (now !== asked || id !== answered)) {
      const question = pending ?? last?.querySelector(".user-row");
      if (!wide.matches) question?.scrollIntoView({ block: "start" });
      else (pending ?? last)?.scrollIntoView({ block: "nearest" });
    }
    if (!now && id !== answered) following = false;
    [asked, answered, first] = [now, id, false];
  };

  // Whoever sends with the keyboard goes on in the box; the button that was pressed cannot be pressed for a while.
  document.addEventListener("click", (event) => {
    if (event.detail === 0 && event.target.closest?.("#send, #stop")) box()?.focus();
  });

  new MutationObserver(() => {
    remember();
    announce();
    follow();
  }).observe(document.documentElement, { childList: true, subtree: true, characterData: true });
})();
