// A defined term shows its definition while the mouse or the keyboard is on it (WCAG 1.4.13): Escape
// closes it, the mouse may go onto it, and it stays until both are elsewhere. A tap follows the link.
// Loaded when a reader first points at a term.

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

const pointed = (event) => {
  if (event.pointerType === "touch") return;
  clearTimeout(timer);
  const link = event.target.closest("a.term");
  if (card.contains(event.target) || link === shown) return;
  if (link) timer = setTimeout(show, 300, link);
  else if (shown !== document.activeElement) timer = setTimeout(hide, 300);
};

const focused = ({ target }) => {
  if (target.matches("a.term:focus-visible")) show(target);
  else if (shown) hide();
};

/** Begins with the event for which this was loaded. */
export function begin(event) {
  if (event.type === "focusin") focused(event);
  else pointed(event);
  document.addEventListener("pointerover", pointed);
  document.addEventListener("focusin", focused);
  document.addEventListener("focusout", hide);
  document.addEventListener("click", ({ target }) => card.contains(target) || hide());
  document.addEventListener("keydown", ({ key }) => key === "Escape" && hide());
  addEventListener("resize", hide);
}
