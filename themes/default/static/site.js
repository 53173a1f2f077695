// Two conveniences; every page works without them.

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
