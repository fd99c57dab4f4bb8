// What the pages for staff share: calls to the API with the token, which lives in this page's memory alone, and drawing.
window.machiOffice = (() => {
  const BROKEN = "サーバーとの通信が途切れました。少し待ってから、もう一度お試しください。";
  let token = "";

  // Gives {status, data, problem}: problem is a Japanese sentence, or "" when the call succeeded.
  const call = async (method, path, body) => {
    const headers = { Authorization: `Bearer ${token}` };
    if (body && !(body instanceof FormData)) {
      headers["Content-Type"] = "application/json";
      body = JSON.stringify(body);
    }
    try {
      const reply = await fetch(path, { method, headers, body, cache: "no-store" });
      const json = (reply.headers.get("content-type") || "").includes("json");
      const data = json ? await reply.json() : await reply.blob();
      return { status: reply.status, data, problem: reply.ok ? "" : data.error?.message || BROKEN };
    } catch (error) {
      return { status: 0, data: null, problem: error instanceof TypeError && !/^[\x20-\x7e]*$/.test(token) ? "合言葉が違います。半角の英数字で入力してください。" : BROKEN };
    }
  };

  // Makes an element; texts become text and never markup.
  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== false && value != null) element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.flat().filter((child) => child != null && child !== ""));
    return element;
  };

  // On a phone each row is a card whose cells tell their column; the roles say that it is a table still.
  const table = (caption, columns, rows) => {
    rows.forEach((line) => [...line.cells].forEach((cell, at) => { if (at) cell.dataset.name = columns[at]; }));
    return make("div", { class: "office-scroll", tabindex: "0", role: "region", "aria-label": caption },
      make("table", { role: "table" },
        make("caption", {}, caption),
        make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, columns.map((column) => make("th", { role: "columnheader", scope: "col" }, column)))),
        make("tbody", { role: "rowgroup" }, rows)));
  };

  const row = (head, ...cells) => make("tr", { role: "row" }, make("th", { role: "rowheader", scope: "row" }, head),
    cells.map((cell) => make("td", { role: "cell" }, make("div", {}, cell))));

  const byId = (id) => document.getElementById(id);

  // Says something once, to eyes and screen readers alike; a problem is an alert.
  const say = (id, text, problem = false) => {
    const place = byId(id);
    if (!place) return;
    place.replaceChildren(text ? make("p", problem ? { role: "alert", class: "office-problem" } : { role: "status" }, text) : "");
  };

  const show = (id, shown) => {
    const element = byId(id);
    if (element) element.hidden = !shown;
  };

  const progress = (id, stage, waiting) => {
    const place = byId(id);
    if (!place) return;
    place.hidden = !stage && !waiting;
    const bar = place.querySelector("progress");
    const text = stage ? `${stage.phase}${stage.total ? `（${stage.total} 件のうち ${stage.done} 件）` : ""}` : waiting || "";
    if (stage?.total) Object.assign(bar, { max: stage.total, value: stage.done });
    else bar.removeAttribute("value");
    const said = place.querySelector(".office-stage");
    if (said.textContent !== text) said.textContent = text;
  };

  const save = (blob, name) => {
    const link = make("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  // The files that are chosen are named beside the control; a form that is emptied has none.
  const nameFiles = (control) => {
    const place = control.parentElement.querySelector(".office-file-name");
    const names = [...control.files].map((file) => file.name);
    place.textContent = names.length > 1 ? `${names.length}件：${names.join("、")}` : names[0] ?? place.dataset.none;
  };
  document.addEventListener("change", (event) => { if (event.target.matches?.(".office-file input")) nameFiles(event.target); });
  document.addEventListener("reset", (event) => {
    setTimeout(() => event.target.querySelectorAll(".office-file input").forEach(nameFiles));
  });

  // The door of a page: the token is tried with ``check``, which gives a problem or ""; the right one opens the room, and the
  // focus goes to what ``first`` names, once that is there.
  const door = (name, first, check, begin) => document.addEventListener("submit", async (event) => {
    if (event.target.id !== `${name}-enter`) return;
    event.preventDefault();
    token = byId(`${name}-token`).value.trim();
    say(`${name}-enter-said`, "確認しています…");
    const problem = await check();
    say(`${name}-enter-said`, problem, true);
    if (problem) return;
    byId(`${name}-token`).value = "";
    show(`${name}-door`, false);
    show(`${name}-room`, true);
    byId(await first()).focus();
    await begin();
  });

  return { call, make, table, row, byId, say, show, progress, save, door };
})();
