// 評価: a run started, watched and cancelled; a question set sent; feedback made into a case; with the token, questions that are not
// for everybody. All is drawn by the server.
(() => {
  const { call, make, table, row, byId, say, show, progress, door } = window.machiOffice;
  let examples = [];
  let watching = false;
  let opened = false;

  const running = (on) => {
    byId("eval-start-button").disabled = on;
    show("eval-cancel", on);
  };

  const watch = async () => {
    if (watching) return;
    watching = true;
    for (;;) {
      const { data, problem } = await call("GET", "/api/evaluation");
      if (!byId("eval-work")) break;
      if (!problem) {
        running(data.running);
        progress("eval-work", data.running ? data.stage : null, data.running ? "準備しています" : "");
        if (!data.running) {
          say("eval-start-said", "");
          if (data.problem) say("eval-start-said", data.problem, true);
          else if (data.run) {
            byId("eval-done").replaceChildren(make("p", { role: "status", class: "office-doubt" }, "評価が終わりました。",
              make("a", { href: `/evaluation?run=${encodeURIComponent(data.run)}` }, "結果を見る")));
          }
          break;
        }
      }
      await new Promise((resolve) => { setTimeout(resolve, 700); });
    }
    watching = false;
  };

  // What the address asks for, with every question that the token opens.
  const showQuestions = async (query) => {
    const { data, problem } = await call("GET", `/api/admin/evaluation/questions${query}`);
    if (problem) return say("eval-closed", problem, true);
    opened = true;
    byId("eval-chosen").innerHTML = await data.text();
    return undefined;
  };

  const loadExamples = async () => {
    const { data, problem } = await call("GET", "/api/admin/gaps");
    if (problem) return;
    examples = data.gaps.flatMap((gap) => gap.examples.map((one) => ({ ...one, town: gap.municipality, reason: gap.reason, label: gap.reason_label })));
    byId("case-from").replaceChildren(make("option", { value: "" }, examples.length ? "選んでください" : "まだありません"),
      ...examples.map((one, at) => make("option", { value: String(at) }, `${one.question.slice(0, 60)}（${one.label}）`)));
  };

  const keyed = () => {
    const none = byId("case-abstain").checked;
    show("case-refusal", none);
    byId("case-key").disabled = none;
  };

  const fill = (one) => {
    const towns = [...byId("case-town").options].map((option) => option.value);
    byId("case-question").value = one.question;
    byId("case-town").value = towns.includes(one.town) ? one.town : "";
    byId("case-words").value = one.question;
    const [plan] = [...byId("case-plan").options].filter((option) => option.textContent.startsWith(`${one.town}「`));
    if (plan) byId("case-plan").value = plan.value;
  };

  // The lines of the passages found: a quote must stand within one line of the plan.
  const find = async () => {
    const plan = byId("case-plan").value;
    const town = byId("case-plan").selectedOptions[0]?.textContent.split("「")[0] ?? "";
    const query = new URLSearchParams({ q: byId("case-words").value, municipality: town, k: "10" });
    const { data, problem } = await call("GET", `/api/search?${query}`);
    const hits = problem ? [] : data.hits.filter((hit) => hit.plan_id === plan);
    const lines = [...new Set(hits.flatMap((hit) => hit.text.split("\n")).map((line) => line.trim()).filter((line) => line.length > 5))];
    byId("case-hits").replaceChildren(problem ? make("p", { role: "alert", class: "office-problem" }, problem)
      : make("p", { role: "status" }, lines.length ? `${lines.length} 行見つかりました。押すと、根拠の引用に入ります。` : "見つかりませんでした。別の言葉で探してください。"),
    ...lines.slice(0, 30).map((line) => make("button", { type: "button", class: "eval-hit" }, line)));
  };

  const addCase = async () => {
    const none = byId("case-abstain").checked;
    const must = byId("case-must").value.split("\n").filter((line) => line.trim()).map((line) => line.split("|").map((word) => word.trim()));
    const { data, problem } = await call("POST", "/api/admin/cases", {
      question: byId("case-question").value, towns: byId("case-town").value ? [byId("case-town").value] : [], persona: byId("case-persona").value,
      type: byId("case-type").value, must, plan: byId("case-plan").value, quote: byId("case-quote").value, abstain: none, reason: none ? byId("case-reason").value : null,
    });
    say("eval-case-said", problem || `試験の質問に加えました。「${data.name}」の質問は ${data.cases} 問になりました。`, Boolean(problem));
    if (!problem) offer(data.name);
  };

  const offer = (name) => {
    const select = byId("eval-set");
    if (![...select.options].some((option) => option.value === name)) select.append(make("option", { value: name }, name));
    select.value = name;
  };

  const send = async () => {
    const [file] = byId("eval-file").files;
    byId("eval-faults").replaceChildren();
    if (!file) return say("eval-send-said", "質問セットのファイルを選んでください。", true);
    const body = new FormData();
    body.append("file", file, file.name);
    say("eval-send-said", "確かめています…");
    const { data, problem } = await call("POST", "/api/admin/question-sets", body);
    if (problem) return say("eval-send-said", problem, true);
    if (data.problems.length) {
      say("eval-send-said", `誤りが ${data.problems.length} 件あるため、加えませんでした。直してから、もう一度選んでください。`, true);
      byId("eval-faults").replaceChildren(table("質問セットの誤り", ["行", "項目", "誤り", "その行の内容"],
        data.problems.map((fault) => row(`${fault.line} 行目`, fault.field || "–", fault.message, fault.text))));
      return undefined;
    }
    offer(data.name);
    return say("eval-send-said", `「${data.name}」（${data.cases} 問）を加えました。上の「質問セットを実行する」で実行できます。`);
  };

  const begin = async () => {
    byId("eval-done").replaceChildren();
    say("eval-start-said", "");
    const { problem } = await call("POST", "/api/admin/evaluation", { set: byId("eval-set").value });
    if (problem) say("eval-start-said", problem, true);
    else {
      say("eval-start-said", "評価を始めました。終わったら、お知らせします。");
      await watch();
    }
  };

  const known = async () => (await call("GET", "/api/admin/ingestion")).problem;
  const first = async () => {
    if ("more" in byId("eval-chosen").dataset) await showQuestions(location.search);
    return opened ? "failures-title" : "eval-start-title";
  };
  door("eval", first, known, () => Promise.all([loadExamples(), watch()]));

  const forms = {
    "eval-start": begin,
    "eval-send": send,
    "eval-case": addCase,
  };

  document.addEventListener("submit", (event) => {
    const task = forms[event.target.id];
    if (!task) return;
    event.preventDefault();
    task();
  });

  document.addEventListener("click", (event) => {
    // The next page of such questions is fetched too: the token does not outlive a page.
    const link = opened && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.target.closest?.("#eval-chosen a[href^='/evaluation?']");
    if (link) {
      event.preventDefault();
      history.replaceState(history.state, "", link.href);
      showQuestions(link.search).then(() => byId("failures-title")?.focus());
      return;
    }
    const button = event.target.closest?.("button");
    if (button?.id === "eval-cancel") call("DELETE", "/api/admin/evaluation");
    else if (button?.id === "case-find") find();
    else if (button?.classList.contains("eval-hit")) {
      byId("case-quote").value = button.textContent;
      byId("case-quote").focus();
    }
  });

  document.addEventListener("change", (event) => {
    if (event.target.id === "case-abstain") keyed();
    else if (event.target.id === "case-from" && event.target.value) fill(examples[Number(event.target.value)]);
  });
})();
