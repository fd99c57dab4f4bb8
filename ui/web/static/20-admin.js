// 管理: the list of plans, what changes it, the report of each change, and what was not answered.
(() => {
  const { call, make, table, row, byId, say, progress, save, door } = window.machiOffice;
  const day = (iso) => (iso ? iso.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, "$1年$2月$3日") : "不明");
  const period = (plan) => (plan.valid_from || plan.valid_to ? `${day(plan.valid_from)}～${day(plan.valid_to)}` : "不明");
  const full = (plan) => `${plan.municipality}「${plan.title}」`;
  let plans = [];
  let chosen = null;
  let gaps = [];

  const drawPlans = () => {
    const rows = plans.map((plan) => row(
      full(plan),
      [period(plan), plan.expired ? make("span", { class: "office-mark" }, "計画期間終了") : ""],
      `${plan.characters.toLocaleString("ja-JP")} 文字`,
      plan.file ? `${plan.file}${plan.uploaded ? "" : "（計画のフォルダー）"}` : "記録なし",
      [make("button", { type: "button", "data-replace": plan.plan_id, "aria-label": `${full(plan)}を入れ替える` }, "入れ替える"),
        make("button", { type: "button", class: "office-danger", "data-remove": plan.plan_id, "aria-label": `${full(plan)}を削除する` }, "削除する")],
    ));
    byId("admin-plans").replaceChildren(plans.length
      ? table(`収録している計画（${plans.length} 件）`, ["計画", "計画期間", "長さ", "ファイル", "操作"], rows)
      : make("p", {}, "計画はまだありません。下の「計画を追加する」から追加してください。"));
  };

  const loadPlans = async () => {
    const { status, data, problem } = await call("GET", "/api/admin/plans");
    if (problem && status !== 503) return problem;
    plans = problem ? [] : data.plans;
    drawPlans();
    return "";
  };

  const FOUND = [["sections", "見出し"], ["paragraphs", "段落"], ["lists", "箇条書き"], ["tables", "表"], ["rows", "表の行"], ["definitions", "用語"], ["commitments", "取組"]];
  const CHANGES = [["added", "追加しました"], ["changed", "入れ替えました"], ["removed", "削除しました"]];
  const nameOf = (id, report) => {
    const known = report.read.find((read) => read.plan_id === id) || plans.find((plan) => plan.plan_id === id);
    return known ? full(known) : id;
  };

  const drawReport = (report) => {
    const parts = [make("h2", { id: "admin-report-title", tabindex: "-1" }, "取り込みの結果")];
    for (const [key, label] of CHANGES) {
      if (report[key].length) parts.push(make("p", { class: "office-done" }, `${report[key].map((id) => nameOf(id, report)).join("、")}を${label}。`));
    }
    if (!CHANGES.some(([key]) => report[key].length)) parts.push(make("p", {}, "変わった計画はありません。"));
    if (report.refused.length) {
      parts.push(make("section", { class: "office-problem" }, make("h3", {}, `取り込めなかったファイル（${report.refused.length} 件）`),
        make("ul", {}, report.refused.map((it) => make("li", {}, make("b", {}, it.path), `　${it.reason}`)))));
    }
    const doubts = report.read.filter((read) => read.doubts.length);
    if (doubts.length) {
      parts.push(make("section", { class: "office-doubt" }, make("h3", {}, "ご確認ください"),
        doubts.map((read) => [make("p", {}, full(read)), make("ul", {}, read.doubts.map((doubt) => make("li", {}, doubt)))]).flat()));
    }
    parts.push(...report.notes.map((note) => make("p", { class: "office-doubt" }, note)));
    if (report.read.length) {
      parts.push(table("読み取った内容", ["計画", "文字数", "ページ", ...FOUND.map(([, label]) => label)],
        report.read.map((read) => row(full(read), read.characters.toLocaleString("ja-JP"), read.pages ? String(read.pages) : "–",
          ...FOUND.map(([key]) => String(read.found[key]))))));
    }
    byId("admin-report").replaceChildren(...parts);
    byId("admin-report-title").focus();
  };

  // One change at a time: its buttons are off while it is made, and its progress is asked for twice a second.
  const change = async (method, path, form, problemAt) => {
    const buttons = byId("admin-room").querySelectorAll("button");
    buttons.forEach((button) => { button.disabled = true; });
    say(problemAt, "取り込みを始めました。終わったら、結果を表示します。");
    progress("admin-work", null, "ファイルを送っています");
    let going = true;
    const watch = (async () => {
      while (going) {
        await new Promise((resolve) => { setTimeout(resolve, 500); });
        const { data, problem } = going ? await call("GET", "/api/admin/ingestion") : {};
        if (going && !problem && data?.stage) progress("admin-work", data.stage);
      }
    })();
    const { data, problem } = await call(method, path, form);
    going = false;
    await watch;
    progress("admin-work", null, "");
    buttons.forEach((button) => { button.disabled = false; });
    if (problem) {
      say(problemAt, problem, true);
      return false;
    }
    drawReport(data);
    say(problemAt, "");
    await loadPlans();
    return true;
  };

  const drawGaps = () => {
    const town = byId("admin-gap-town").value;
    const shown = gaps.filter((gap) => !town || gap.municipality === town);
    const rows = shown.map((gap) => row(gap.municipality, gap.reason_label, gap.theme, `${gap.count} 件`,
      make("details", {}, make("summary", {}, "質問を見る"),
        make("ul", {}, gap.examples.map((one) => make("li", {}, one.question, one.comment ? make("p", { class: "office-soft" }, `ご意見：${one.comment}`) : ""))))));
    byId("admin-gaps").replaceChildren(rows.length
      ? table("答えられなかったご質問の一覧", ["市町村", "理由", "話題", "件数", "ご質問"], rows)
      : make("p", {}, "答えられなかったご質問は、まだありません。"));
  };

  const loadGaps = async () => {
    const { data, problem } = await call("GET", "/api/admin/gaps");
    if (problem) return say("admin-gap-said", problem, true);
    gaps = data.gaps;
    const towns = [...new Set(gaps.map((gap) => gap.municipality))].sort();
    byId("admin-gap-town").replaceChildren(make("option", { value: "" }, "すべての市町村"), ...towns.map((town) => make("option", { value: town }, town)));
    say("admin-gap-said", data.days ? `保存している回答 ${data.answers} 件（${data.days} 日分まで）のうち ${data.unmet} 件です。` : "回答を保存しない設定のため、集計できません。");
    return drawGaps();
  };

  const ask = (id, plan, text) => {
    chosen = plan;
    byId(`${id}-text`).textContent = text;
    byId(id).showModal();
  };

  door("admin", () => "admin-plans-title", loadPlans, loadGaps);

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.id === "admin-add") {
      event.preventDefault();
      const body = new FormData();
      for (const file of byId("admin-files").files) body.append("files", file, file.name);
      if (!body.has("files")) say("admin-add-said", "計画のファイルを選んでください。", true);
      else if (await change("POST", "/api/admin/plans", body, "admin-add-said")) form.reset();
    } else if (form.id === "admin-replace-form") {
      event.preventDefault();
      const [file] = byId("admin-replace-file").files;
      if (!file) return say("admin-replace-said", "新しいファイルを選んでください。", true);
      const body = new FormData();
      body.append("file", file, file.name);
      byId("admin-replace").close();
      form.reset();
      await change("PUT", `/api/admin/plans/${chosen.plan_id}`, body, "admin-plans-said");
    } else if (form.id === "admin-remove-form") {
      event.preventDefault();
      byId("admin-remove").close();
      await change("DELETE", `/api/admin/plans/${chosen.plan_id}`, undefined, "admin-plans-said");
    }
    return undefined;
  });

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("button");
    if (!button) return;
    const of = (id) => plans.find((plan) => plan.plan_id === id);
    if (button.dataset.replace) ask("admin-replace", of(button.dataset.replace), `${full(of(button.dataset.replace))}を、新しいファイルに入れ替えます。`);
    else if (button.dataset.remove) ask("admin-remove", of(button.dataset.remove), `${full(of(button.dataset.remove))}を削除します。この計画についてのご質問には、答えられなくなります。`);
    else if (button.dataset.close) byId(button.dataset.close).close();
    else if (button.id === "admin-gap-again") await loadGaps();
    else if (button.id === "admin-gap-csv") {
      const { data, problem } = await call("GET", "/api/admin/gaps?format=csv");
      if (problem) say("admin-gap-said", problem, true);
      else save(data, "答えられなかった質問.csv");
    }
  });

  document.addEventListener("change", (event) => {
    if (event.target.id === "admin-gap-town") drawGaps();
  });
})();
