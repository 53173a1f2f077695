// The bar of the preview, and following changes: in the preview only, never in what is published.
(() => {
  "use strict";
  const script = document.currentScript;
  const own = "/_engross/";
  let generation = Number(script.dataset.generation);
  let shown = { page: null, errors: [], warnings: 0, coming: [] };
  // The page as it was made last, before scripts and readers have made something of it.
  let last = null;
  let drawing = false;
  let busy = false;
  let waiting = false;

  // Remembering, for this tab.
  const recall = (key) => sessionStorage.getItem("engross-" + key);
  const remember = (key, value) =>
    value === null
      ? sessionStorage.removeItem("engross-" + key)
      : sessionStorage.setItem("engross-" + key, value);

  // Elements. Words are never read as HTML.
  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (typeof value === "function") element.addEventListener(key, value);
      else if (value === true) element.setAttribute(key, "");
      else if (value !== false && value !== null) element.setAttribute(key, value);
    }
    element.append(...children.filter((child) => child !== null));
    return element;
  };

  const host = make("engross-bar");
  const root = host.attachShadow({ mode: "open" });
  const overlay = make("section", { class: "overlay", "aria-label": "What stops a build", hidden: true });
  const bar = make("aside", { class: "bar", "aria-label": "Preview" });
  root.append(make("link", { rel: "stylesheet", href: own + "preview.css" }), overlay, bar);

  const isRedline = () => new URLSearchParams(location.search).has("redline");

  // Following changes.

  // The page as the program makes it now.
  const load = async () => {
    const answer = await fetch(location.pathname + location.search, {
      headers: { Accept: "text/html" },
      cache: "no-store",
    });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector("script[data-generation]");
    if (next) generation = Math.max(generation, Number(next.dataset.generation));
    next?.remove();
    return page;
  };

  // Puts the page as it is now in place of the one that is shown, and keeps the place of reading.
  const refresh = async () => {
    if (busy) {
      waiting = true;
      return;
    }
    busy = true;
    try {
      const page = await load();
      put(page.cloneNode(true));
      last = page;
      await told();
    } catch {
      // The program has ended, or begins again. What was missed is told again when it is there.
    } finally {
      busy = false;
      if (waiting) {
        waiting = false;
        refresh();
      }
    }
  };

  const put = (page) => {
    const wanted = page.querySelectorAll("script:not([src])");
    if (wanted.length || !sameScripts(page)) {
      // Scripts that the page has not run yet do not run when they are put in.
      remember("scroll", String(scrollY));
      location.reload();
      return;
    }
    const edited = firstEdited(page);
    const top = scrollY;
    putHead(page);
    script.remove();
    morph(document.body, last?.body, page.body);
    document.body.append(script);
    scrollTo({ top, behavior: "instant" });
    if (edited) reveal(edited);
  };

  // Makes a node of the page like the next one where that is other than the last one: what scripts and
  // readers have made of the rest stays.
  const morph = (node, last, next) => {
    if (last?.isEqualNode(next)) return;
    const isElement = node.nodeType === Node.ELEMENT_NODE;
    if (!isElement || node.nodeName !== next.nodeName || (last && last.nodeName !== node.nodeName)) {
      node.replaceWith(next);
      return;
    }
    for (const { name } of [...(last ?? node).attributes]) if (!next.hasAttribute(name)) node.removeAttribute(name);
    for (const { name, value } of next.attributes) {
      if (last?.getAttribute(name) !== value) node.setAttribute(name, value);
    }
    const old = [...node.childNodes];
    const before = [...(last ?? node).childNodes];
    const fresh = [...next.childNodes];
    if (old.length !== before.length) {
      node.replaceChildren(...fresh);
      return;
    }
    while (before.length && fresh.length && before[0].isEqualNode(fresh[0])) {
      old.shift();
      before.shift();
      fresh.shift();
    }
    let after = null;
    while (before.length && fresh.length && before.at(-1).isEqualNode(fresh.at(-1))) {
      before.pop();
      fresh.pop();
      after = old.pop();
    }
    while (old.length > fresh.length) old.pop().remove();
    old.forEach((child, at) => morph(child, before[at], fresh[at]));
    for (const child of fresh.slice(old.length)) node.insertBefore(child, after);
  };

  const sources = (page) => [...page.querySelectorAll("script[src]:not([data-generation])")].map((s) => s.getAttribute("src")).join();
  const sameScripts = (page) => sources(document) === sources(page);
  const sameHead = (page) => headOf(page) === headOf(document);
  const headOf = (page) => page.head.innerHTML.trim();

  const putHead = (page) => {
    document.documentElement.lang = page.documentElement.lang;
    document.documentElement.dir = page.documentElement.dir;
    if (sameHead(page)) return;
    const sheets = (head) => [...head.querySelectorAll("link[rel=stylesheet]")];
    const known = sheets(document.head);
    const wanted = sheets(page.head);
    const rest = [...page.head.children].filter((element) => !wanted.includes(element));
    // A style sheet that stays is not loaded again: the page would be bare for a moment.
    for (const element of [...document.head.children]) if (!known.includes(element)) element.remove();
    document.head.prepend(...rest);
    for (const sheet of wanted) {
      const same = known.find((other) => other.href === sheet.href);
      if (!same) document.head.append(sheet);
    }
    const gone = known.filter((sheet) => !wanted.some((other) => other.href === sheet.href));
    // Until the new ones are there, the old ones stay.
    if (gone.length) setTimeout(() => gone.forEach((sheet) => sheet.remove()), 150);
  };

  // The innermost part with an anchor whose words are other than before.
  const firstEdited = (page) => {
    const text = page.querySelector(".text") ?? page.querySelector("main");
    if (!text) return null;
    let found = null;
    for (const part of text.querySelectorAll("[id]")) {
      const before = (last ?? document).getElementById(part.id);
      if (before && before.isEqualNode(part)) continue;
      if (found === null || found.contains(part)) found = part;
      else break;
    }
    return found?.id ?? null;
  };

  const reveal = (id) => {
    const element = document.getElementById(id);
    if (!element) return;
    const box = element.getBoundingClientRect();
    const isSeen = box.top < innerHeight - 80 && box.bottom > 80;
    if (!isSeen) element.scrollIntoView({ block: "start", behavior: "instant" });
  };

  // What the program says of this page.
  const told = async () => {
    const page = location.pathname;
    const answer = await fetch(own + "state.json?page=" + encodeURIComponent(page), { cache: "no-store" });
    shown = await answer.json();
    draw();
  };

  // A browser keeps few connections to one host: only pages that are looked at hold one.
  let events = null;
  const follow = () => {
    events?.close();
    events = null;
    if (document.hidden) return;
    const source = new EventSource(own + "events?after=" + generation);
    events = source;
    events.addEventListener("generation", (event) => {
      if (Number(event.data) > generation) refresh();
    });
    events.addEventListener("error", () => {
      host.toggleAttribute("data-lost", true);
      // The browser would ask again for what it asked at first; ask for what is newer than what is shown.
      source.close();
      if (events === source) setTimeout(follow, 500);
    });
    events.addEventListener("open", () => host.toggleAttribute("data-lost", false));
  };
  document.addEventListener("visibilitychange", follow);

  // The bar.

  const goTo = (anchor) => (event) => {
    event.preventDefault();
    document.getElementById(anchor)?.scrollIntoView({ block: "start" });
    history.replaceState(null, "", "#" + anchor);
  };

  const place = (finding) =>
    finding.file + (finding.line === null ? "" : ":" + finding.line + ":" + finding.column);

  const item = (finding) =>
    make(
      "li",
      { class: finding.severity },
      make("span", { class: "place" }, place(finding)),
      " ",
      make("strong", {}, finding.message),
      make("p", {}, finding.help),
      finding.anchor
        ? make("a", { href: "#" + finding.anchor, click: goTo(finding.anchor) }, "Show the clause")
        : null,
    );

  const switchRedline = () => {
    const url = new URL(location.href);
    if (isRedline()) url.searchParams.delete("redline");
    else url.searchParams.set("redline", "");
    history.replaceState(null, "", url.href.replace("redline=", "redline"));
    refresh();
  };

  const setDay = async (day) => {
    await fetch(own + "day?day=" + day, { method: "POST" });
  };

  const findings = () => {
    const all = shown.page?.findings ?? [];
    if (!all.length) return make("span", { class: "good" }, "Nothing to tell of this page");
    const errors = all.filter((finding) => finding.severity === "error").length;
    const words = [
      errors ? errors + (errors === 1 ? " error" : " errors") : "",
      all.length - errors ? all.length - errors + (all.length - errors === 1 ? " warning" : " warnings") : "",
    ];
    return fold("findings", words.filter(Boolean).join(", "), make("ul", {}, ...all.map(item)));
  };

  // A list that opens above the bar.
  const fold = (name, title, content) => {
    const details = make("details", { name: "engross", open: recall("open") === name }, make("summary", { "data-key": name }, title), make("div", { class: "panel" }, content));
    details.addEventListener("toggle", () => {
      if (details.open) remember("open", name);
      else if (recall("open") === name) remember("open", null);
    });
    return details;
  };

  // The field stays the same one, so that a day can be typed while the bar is drawn anew. A day counts
  // when the field is left, with Enter, or when nothing more is typed for a while.
  const dayField = make("input", {
    type: "date",
    "aria-label": "The day to take for today",
    "data-key": "day",
    change: () => {
      clearTimeout(dayField.wait);
      dayField.wait = setTimeout(chooseDay, 1200);
    },
    blur: () => drawing || chooseDay(),
    keydown: (event) => event.key === "Enter" && chooseDay(),
  });
  const chooseDay = () => {
    clearTimeout(dayField.wait);
    if (dayField.value && dayField.value !== shown.day) setDay(dayField.value);
  };

  const days = () => {
    if (root.activeElement !== dayField) dayField.value = shown.day ?? "";
    const today = shown.chosen
      ? make("button", { type: "button", "data-key": "today", click: () => setDay("") }, "Today")
      : null;
    return make("span", { class: "day" }, make("label", {}, "As of ", dayField), today);
  };

  const coming = () =>
    shown.coming.length
      ? fold(
          "coming",
          "Not public (" + shown.coming.length + ")",
          make("ul", {}, ...shown.coming.map((link) => make("li", {}, make("a", { href: link.address }, link.words)))),
        )
      : null;

  const draw = () => {
    const focused = root.activeElement?.dataset.key;
    const page = shown.page;
    const sealed = page?.sealed ? ", sealed on " + page.sealed : "";
    const parts = [
      make("strong", { class: "state " + (page?.state ?? "") }, page ? page.words + sealed : "Preview"),
      page ? make("span", { class: "place" }, page.file) : null,
      page ? findings() : null,
      page?.redline
        ? make(
            "button",
            { type: "button", "aria-pressed": String(isRedline()), "data-key": "redline", click: switchRedline },
            "Redline against " + page.redline,
          )
        : null,
      days(),
      coming(),
      make("button", { type: "button", class: "close", "aria-label": "Hide the preview bar", "data-key": "close", click: hide }, "×"),
    ];
    const keepsDay = root.activeElement === dayField;
    drawing = true;
    bar.replaceChildren(...parts.filter(Boolean));
    if (keepsDay) dayField.focus();
    drawing = false;
    // What the keyboard is on is not scrolled under the bar.
    document.documentElement.style.scrollPaddingBlockEnd = bar.offsetHeight + "px";
    if (focused) bar.querySelector(`[data-key="${focused}"]`)?.focus();
    drawErrors();
  };

  const drawErrors = () => {
    const key = JSON.stringify(shown.errors.map((error) => error.report));
    overlay.hidden = shown.errors.length === 0 || recall("seen") === key;
    if (shown.errors.length === 0) remember("seen", null);
    if (overlay.hidden) return overlay.replaceChildren();
    const count = shown.errors.length;
    overlay.replaceChildren(
      make("button", { type: "button", class: "close", click: () => { remember("seen", key); drawErrors(); } }, "Hide"),
      make("h2", {}, count === 1 ? "An error stops the build" : count + " errors stop the build"),
      make("p", {}, "Below is the page as it was last right. It follows by itself when this is mended."),
      ...shown.errors.slice(0, 20).map((error) =>
        make("article", {}, make("h3", {}, place(error)), make("pre", {}, error.report)),
      ),
    );
  };

  const hide = () => {
    remember("hidden", "yes");
    bar.hidden = true;
  };

  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !overlay.hidden) overlay.querySelector("button")?.click();
    // The same key shows the bar again and takes the keyboard to it.
    if (event.altKey && event.key.toLowerCase() === "b") {
      event.preventDefault();
      if (bar.hidden) {
        remember("hidden", null);
        bar.hidden = false;
        bar.querySelector("summary, button, input")?.focus();
      } else hide();
    }
  });

  const start = async () => {
    bar.hidden = recall("hidden") === "yes";
    // Beside the body, which belongs to the page.
    document.documentElement.append(host);
    const scroll = recall("scroll");
    if (scroll !== null) {
      remember("scroll", null);
      scrollTo({ top: Number(scroll), behavior: "instant" });
    }
    const made = generation;
    const page = await load().catch(() => null);
    if (page && generation > made) put(page.cloneNode(true));
    last = page;
    follow();
    await told();
  };

  start();
})();
