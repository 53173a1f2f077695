// A few conveniences; every page works without them.

// A button that prints the page takes the place of the link to a printable copy.
for (const button of document.querySelectorAll("button[data-print]")) {
  button.parentElement.hidden = false;
  button.hidden = false;
  button.previousElementSibling?.remove();
  button.addEventListener("click", () => print());
}

// Cookie preferences: a button that calls the consent tool takes the place of the plain link.
// Its attribute data-call is the dotted name of a global function, looked up when the button is pressed.
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
  const sources = words && navigator.clipboard ? document.querySelectorAll(".cite > bdi, .seal code") : [];
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

// The table of contents marks the section that is being read, and keeps it in sight. It scrolls itself:
// scrollIntoView() would move the page to where a sticky panel would stand without being sticky.
{
  const mark = () => {
    const panel = document.querySelector(".contents-panel");
    const text = document.querySelector(".text")?.getBoundingClientRect();
    const at = panel && text && document.elementFromPoint(text.left + text.width / 2, innerHeight / 4);
    const id = at?.closest(".clause[id]")?.id;
    const entries = [...(panel?.querySelectorAll(".contents a") ?? [])];
    const entry = entries.find(({ hash }) => decodeURIComponent(hash.slice(1)) === id);
    if (!entry || entry.ariaCurrent) return;
    for (const other of entries) other.ariaCurrent = null;
    entry.ariaCurrent = "true";
    const [box, room] = [entry.getBoundingClientRect(), panel.getBoundingClientRect()];
    if (box.top < room.top || box.bottom > room.bottom) panel.scrollTop += box.top - room.top - room.height / 3;
  };
  let asked = 0;
  const ask = () => (asked ||= requestAnimationFrame(() => ((asked = 0), mark())));
  addEventListener("scroll", ask, { passive: true });
}

// A defined term shows its definition at hand: what does so is loaded when a reader first points at one.
{
  const { definitions } = document.querySelector("main[data-definitions]")?.dataset ?? {};
  const events = ["pointerover", "focusin"];
  const load = (event) => {
    if (!event.target.closest("a.term")) return;
    for (const name of events) document.removeEventListener(name, load);
    import(definitions).then(({ begin }) => begin(event));
  };
  if (definitions && HTMLElement.prototype.showPopover) for (const name of events) document.addEventListener(name, load);
}
