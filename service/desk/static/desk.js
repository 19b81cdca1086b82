// Updates without a reload, keyboard shortcuts, copying of commands. Every page works without it.
"use strict";

(() => {
  const root = document.documentElement;
  const watched = root.dataset.watch.split(" ").filter(Boolean);
  const status = document.getElementById("live");
  let number = root.dataset.number;
  let stream = null;
  let refreshing = false;
  let again = false;

  // --- live updates ---------------------------------------------------------------------------

  const concerns = (change) =>
    change.all || !watched.length || watched.some((id) => change.ids.includes(id));

  function listen() {
    if (stream || document.hidden) return;
    stream = new EventSource(`/changes?since=${number}`);
    stream.onopen = () => say("Live.");
    stream.onerror = () => say("Not live: the desk does not answer. Retrying.");
    stream.onmessage = (message) => {
      const change = JSON.parse(message.data);
      number = String(change.number);
      if (concerns(change)) refresh();
    };
  }

  // Browsers limit the connections to one host: hidden pages close theirs.
  function rest() {
    if (stream) stream.close();
    stream = null;
  }

  async function refresh() {
    if (refreshing) {
      again = true;
      return;
    }
    refreshing = true;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (answer.ok) swap(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      // The stream reports when the desk is back.
    }
    refreshing = false;
    if (again) {
      again = false;
      refresh();
    }
  }

  const keyed = (region) =>
    new Map([...region.querySelectorAll("[data-key]")].map((node) => [node.dataset.key, node]));

  function swap(page) {
    const focus = document.activeElement && document.activeElement.id;
    const anchor = firstSeen();
    const top = anchor ? anchor.getBoundingClientRect().top : 0;
    let changed = 0;
    for (const old of document.querySelectorAll("[data-live]")) {
      const fresh = page.getElementById(old.id);
      if (!fresh) continue;
      const node = document.importNode(fresh, true);
      for (const details of old.querySelectorAll("details[open][id]")) {
        const same = node.querySelector(`#${CSS.escape(details.id)}`);
        if (same) same.open = true;
      }
      const before = keyed(old);
      for (const [key, row] of keyed(node)) {
        const was = before.get(key);
        if (was && was.textContent === row.textContent) continue;
        row.classList.add("fresh");
        changed += 1;
      }
      old.replaceWith(node);
    }
    const kept = focus && document.getElementById(focus);
    if (kept && kept !== document.activeElement) kept.focus({ preventScroll: true });
    const now = anchor && keyed(document).get(anchor.dataset.key);
    if (now && window.scrollY > 0) window.scrollBy(0, now.getBoundingClientRect().top - top);
    prepareCommands();
    if (changed) say(`Updated: ${changed} new or changed.`);
  }

  const firstSeen = () =>
    [...document.querySelectorAll("[data-key]")].find(
      (node) => node.getBoundingClientRect().bottom > 0,
    );

  function say(text) {
    if (status.textContent !== text) status.textContent = text;
  }

  // --- keys -----------------------------------------------------------------------------------

  const items = () => [...document.querySelectorAll("[data-item]")];

  function step(by) {
    const all = items();
    if (!all.length) return;
    const at = all.indexOf(document.activeElement);
    const next = at < 0 ? nearest(all) : all[Math.min(Math.max(at + by, 0), all.length - 1)];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  const nearest = (all) => all.find((node) => node.getBoundingClientRect().top >= 0) || all[0];

  function follow(selector) {
    const link = document.querySelector(selector);
    if (link) location.href = link.href;
  }

  const isItem = (node) => Boolean(node && node.matches && node.matches("[data-item]"));

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    n: () => follow("a[rel=next]"),
    p: () => follow("a[rel=prev]"),
    u: () => follow(".title a"),
    "/": () => document.getElementById("search").focus(),
    "?": () => {
      const list = document.getElementById("keys");
      if (list.open) list.close();
      else list.showModal();
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target;
    if (target.matches("input, select, textarea")) {
      if (event.key === "Escape") target.blur();
      return;
    }
    if (document.getElementById("keys").open && event.key !== "?") return;
    const arrow = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (arrow && isItem(target)) {
      event.preventDefault();
      step(arrow);
    } else if (Object.hasOwn(keys, event.key)) {
      event.preventDefault();
      keys[event.key]();
    }
  });

  // --- commands to copy, link targets to open, printing ---------------------------------------

  function prepareCommands() {
    for (const button of document.querySelectorAll("button[data-copy]")) button.hidden = false;
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copy]");
    if (!button) return;
    const code = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(code);
      button.textContent = "Selected";
    }
  });

  function openTarget() {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    const details = target && target.querySelector("details");
    if (details) details.open = true;
  }

  window.addEventListener("hashchange", openTarget);
  window.addEventListener("beforeprint", () => {
    // Comparisons that are open are printed, in full; of the others the line in the table.
    for (const details of document.querySelectorAll(".diff details")) details.open = true;
  });
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));

  prepareCommands();
  openTarget();
  listen();
})();
