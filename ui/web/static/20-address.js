// The address follows what a page shows (data-query, without its "?"), so that it can be shared and reloaded.
(() => {
  const follow = () => {
    const shown = document.querySelector("#register-count [data-query], #compared [data-query]");
    if (!shown) return;
    const wanted = location.pathname + (shown.dataset.query ? `?${shown.dataset.query}` : "");
    if (location.pathname + location.search !== wanted) history.replaceState(history.state, "", wanted);
  };
  new MutationObserver(follow).observe(document.documentElement, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["data-query"],
  });
})();
