// A few conveniences; every page works without them.

// Cookie preferences: a button that calls the consent tool takes the place of the plain link.
// `data-call` is the dotted name of a global function, looked up when the button is pressed.
for (const button of document.querySelectorAll("button[data-call]")) {
  const link = button.parentElement.querySelector("a");
  const status = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  if (link) link.hidden = true;
  button.addEventListener("click", () => {
    const path = button.dataset.call.split(".");
    const name = path.pop();
    const owner = path.reduce((object, key) => object?.[key], window);
    if (status) status.textContent = "";
    if (typeof owner?.[name] === "function") owner[name]();
    else if (link) location.assign(link.href);
    // Not at once, so that it is read out again when the button is pressed again.
    else if (status) setTimeout(() => (status.textContent = status.dataset.words), 100);
  });
}

// Where the site acts on Global Privacy Control, its pages say whether this browser sends the signal.
for (const status of document.querySelectorAll(".opt-out-status")) {
  status.textContent = navigator.globalPrivacyControl ? status.dataset.honored : status.dataset.none;
  status.hidden = false;
}

// Menus of the header close with Escape, and when the focus or a press goes elsewhere,
// so that an open one never covers what the keyboard is on (WCAG 2.4.11).
for (const menu of document.querySelectorAll(".menus details")) {
  const leave = (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  };
  document.addEventListener("focusin", leave);
  document.addEventListener("pointerdown", leave);
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// The address of a clause and the digest of a text can be copied, where the browser lets a page do so.
{
  const words = document.querySelector("main[data-copy]")?.dataset;
  const sources = words && navigator.clipboard ? document.querySelectorAll(".cite > [rel=bookmark], .seal code") : [];
  for (const source of sources) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "copy" });
    const status = document.createElement("span");
    button.textContent = words.copy;
    status.setAttribute("role", "status");
    source.after(" ", button, " ", status);
    button.addEventListener("click", async () => {
      status.textContent = "";
      try {
        await navigator.clipboard.writeText(source.textContent);
        status.textContent = words.copied;
      } catch {
        getSelection().selectAllChildren(source);
      }
    });
  }
}

// A defined term shows its definition while the mouse or the keyboard is on it (WCAG 1.4.13): Escape
// closes it, the mouse may go onto it, and it stays until both are elsewhere. A tap follows the link.
if (HTMLElement.prototype.showPopover) {
  const card = Object.assign(document.createElement("div"), { id: "page:definition", className: "definition", popover: "manual" });
  card.setAttribute("role", "tooltip");
  Object.assign(card.style, { position: "absolute", inset: "auto", margin: 0 });
  const MARK = "\u0001";
  let shown = null;
  let timer;

  const hide = () => {
    clearTimeout(timer);
    shown?.removeAttribute("aria-describedby");
    shown = null;
    card.remove();
  };

  const show = (link) => {
    hide();
    const definition = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const words = definition?.matches("dfn") ? wordsAround(definition, link) : "";
    if (!words) return;
    shown = link;
    card.textContent = words;
    card.lang = definition.closest("[lang]").lang;
    card.dir = getComputedStyle(definition).direction;
    document.querySelector("main").append(card);
    card.showPopover();
    link.setAttribute("aria-describedby", card.id);
    place(link.getBoundingClientRect());
  };

  /** Puts the card below the link, or above it where there is no room. */
  const place = (box) => {
    const { offsetWidth: width, offsetHeight: height } = card;
    const gap = 8;
    const start = card.dir === "rtl" ? box.right - width : box.left;
    const left = Math.max(gap, Math.min(start, document.documentElement.clientWidth - width - gap));
    const above = box.bottom + gap + height > innerHeight && box.top - gap - height >= 0;
    const top = above ? box.top - gap - height : box.bottom + gap;
    Object.assign(card.style, { left: `${left + scrollX}px`, top: `${top + scrollY}px` });
  };

  /** The sentence that defines; none where old words and new ones are mixed, or the link is beside it. */
  const wordsAround = (definition, link) => {
    const block = definition.closest("p, li, dt, dd, tr");
    if (!block || block.contains(link) || block.closest("ins, del") || block.querySelector("ins, del")) return "";
    const parts = block.matches("tr") ? [...block.cells] : [block];
    for (let next = block; next?.matches("dt"); next && parts.push(next)) next = next.nextElementSibling;
    const plain = parts.map((part) => {
      const clone = part.cloneNode(true);
      for (const each of clone.querySelectorAll("dfn")) if (each.id === definition.id) each.prepend(MARK);
      for (const aside of clone.querySelectorAll(".permalink, .number, .footnote, .visually-hidden")) aside.remove();
      return clone.textContent.trim();
    });
    const sentence = sentences(plain.join(": ").replace(/\s+/g, " ")).find((each) => each.includes(MARK)) ?? "";
    const words = sentence.replace(MARK, "").trim();
    if (words.length > 600) return `${words.slice(0, 600).replace(/\s\S*$/, "")} …`;
    return words.endsWith(":") ? `${words} …` : words;
  };

  /** Rather too long than cut in two: no sentence ends after “Inc.” and “U.S.” */
  const sentences = (words) => {
    const ended = words.replace(/(\p{L}*)([.!?][”"’»)]*) (?=[“"«\u0001]*\p{Lu})/gu, (all, word, stop) =>
      /^\p{Lu}\p{L}{0,3}$/u.test(word) ? all : `${word}${stop}\n`,
    );
    return ended.replace(/[。！？]”?/g, "$&\n").split("\n");
  };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    clearTimeout(timer);
    const link = event.target.closest("a.term");
    if (card.contains(event.target) || link === shown) return;
    if (link) timer = setTimeout(show, 300, link);
    else if (shown !== document.activeElement) timer = setTimeout(hide, 300);
  });
  document.addEventListener("focusin", ({ target }) => {
    if (target.matches("a.term:focus-visible")) show(target);
    else if (shown) hide();
  });
  document.addEventListener("focusout", hide);
  document.addEventListener("click", hide);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  addEventListener("resize", hide);
}
