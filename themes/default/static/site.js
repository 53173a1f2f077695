// Conveniences; every page works without them.

// A button that prints the page takes the place of the link to a printable copy.
for (const button of document.querySelectorAll("button[data-print]")) {
  button.parentElement.hidden = false;
  button.hidden = false;
  button.previousElementSibling?.remove();
  button.addEventListener("click", () => print());
}

// Cookie preferences: a button that calls the consent tool takes the place of the plain link.
// `data-call` is the dotted name of a global function, looked up when the button is pressed.
for (const button of document.querySelectorAll("button[data-call]")) {
  const link = button.parentElement.querySelector("a");
  button.hidden = false;
  if (link) link.hidden = true;
  button.addEventListener("click", () => {
    const path = button.dataset.call.split(".");
    const name = path.pop();
    const owner = path.reduce((object, key) => object?.[key], window);
    const status = button.parentElement.querySelector("[role=status]");
    if (typeof owner?.[name] === "function") owner[name]();
    else if (link) location.assign(link.href);
    else if (status) status.textContent = status.dataset.words;
  });
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

// The table of contents marks the section that is being read, and keeps it in sight.
const contents = document.querySelector(".contents-panel");
const entries = new Map([...document.querySelectorAll(".contents a")].map((a) => [decodeURIComponent(a.hash.slice(1)), a]));
if (entries.size) {
  let marked;
  const mark = () => {
    const { left, width } = document.querySelector(".text").getBoundingClientRect();
    const clause = document.elementFromPoint(left + width / 2, innerHeight / 4)?.closest(".clause[id]");
    const entry = entries.get(clause?.id);
    if (!entry || entry === marked) return;
    marked?.removeAttribute("aria-current");
    (marked = entry).setAttribute("aria-current", "true");
    if (getComputedStyle(contents).position === "sticky") entry.scrollIntoView({ block: "nearest" });
  };
  let asked = false;
  addEventListener("scroll", () => {
    if (!asked) requestAnimationFrame(() => ((asked = false), mark()));
    asked = true;
  }, { passive: true });
}
