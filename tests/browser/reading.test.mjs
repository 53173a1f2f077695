// Pages are read with the keyboard, in letters of twice the size, in the reader's own colours, and on paper.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { launch, visit, WIDTHS } from "./browser.mjs";
import { expectNone } from "./problems.mjs";
import { representatives, words } from "./site.mjs";

// What browsers set letters to, and twice of it.
const DOUBLE = { standard: 32, fixed: 26 };
// Steps for what scrolls, and may be reached without being a link or a button.
const SPARE = 30;

export function readingTests(site, served) {
  const folder = mkdtempSync(join(tmpdir(), "engross-paper-"));
  let browser;
  before(async () => (browser = await launch()));
  after(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  describe("for readers", { concurrency: availableParallelism() }, () => {
    for (const page of representatives(site)) {
      test(`${page.kind} ${page.address} is whole for readers of every kind`, async () => {
        const path = join(folder, `${page.path.replaceAll("/", "-")}.pdf`);
        const read = (tab) => problemsOfReaders(tab, page, path);
        expectNone((await visit(browser, served + page.address, {}, read)).seen);
      });
    }
  });
}

/** Reads one open page in every way, since opening it takes longer than reading it. */
async function problemsOfReaders(tab, page, path) {
  const problems = [];
  for (const width of WIDTHS) {
    await tab.setViewportSize({ width, height: 800 });
    problems.push(...(await walk(tab)).map((problem) => `${problem} (${width} px)`));
  }
  problems.push(...problemsOnPaper(page, await printed(tab, path)));
  await tab.emulateMedia({ forcedColors: "active" });
  problems.push(...(await tab.evaluate(unmarked)));
  await tab.emulateMedia({ forcedColors: "none" });
  problems.push(...(await enlarged(tab, page)));
  return problems;
}

/** Walks through the page with the Tab key: every place in its order, in sight, and marked. */
async function walk(tab) {
  await tab.evaluate(`window.focused = ${focused}`);
  const expected = await tab.evaluate(begin);
  const steps = [];
  for (let step = 0; step <= expected.length + SPARE; step += 1) await tab.keyboard.press("Tab");
  for (const each of await tab.evaluate(() => window.walked)) {
    if (steps.length && (each.at === -1 || each.at === steps[0].at)) break;
    if (each.at !== -1) steps.push(each);
  }
  const seen = steps.map(({ at }) => at);
  const missed = expected.filter(({ at }) => !seen.includes(at));
  const inOrder = seen.every((at, index) => index === 0 || at > seen[index - 1]);
  return [
    ...steps.flatMap(({ problem }) => problem ?? []),
    ...missed.map(({ html }) => `the keyboard does not reach ${html}`),
    ...(inOrder ? [] : [`the keyboard goes another way than the page: ${seen.join(" ")}`]),
  ];
}

/** Runs in the page: begins at its top, notes where each next Tab leaves, and tells what the keyboard should reach. */
function begin() {
  const top = Object.assign(document.createElement("span"), { tabIndex: -1 });
  document.body.prepend(top);
  top.focus();
  top.remove();
  window.everything = [...document.querySelectorAll("*")];
  // What has the focus is looked at when the next key is pressed: by then it has been scrolled into sight.
  if (!window.walked) document.addEventListener("keydown", () => window.walked.push(window.focused()), true);
  window.walked = [];
  const places = "a[href], button, summary, input";
  return window.everything.flatMap((element, at) =>
    element.matches(places) && element.checkVisibility({ visibilityProperty: true })
      ? [{ at, html: element.outerHTML.slice(0, 100) }]
      : [],
  );
}

/** Runs in the page: where the keyboard is, and whether that place can be seen. */
function focused() {
  const element = document.activeElement;
  if (!element || element === document.body) return { at: -1 };
  const html = element.outerHTML.slice(0, 100);
  const at = window.everything.indexOf(element);
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) return { at, problem: `no mark of the focus on ${html}` };
  const inSight = [...element.getClientRects()].some((box) => {
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    const shows = (x) => {
      const there = document.elementFromPoint(x, (top + bottom) / 2);
      return there && (element.contains(there) || there.contains(element));
    };
    return top < bottom && [box.left + 2, (box.left + box.right) / 2, box.right - 2].some(shows);
  });
  return { at, problem: inSight ? undefined : `the focus is hidden on ${html}` };
}

/** What is cut off or runs out of the window when the reader has set letters to twice the size (WCAG 1.4.4). */
async function enlarged(tab, { kind }) {
  const devtools = await tab.context().newCDPSession(tab);
  await devtools.send("Page.enable");
  await devtools.send("Page.setFontSizes", { fontSizes: DOUBLE });
  const problems = [];
  // A record looks as it did when it was sealed.
  for (const width of kind === "record" ? [640, 1280] : [320, 640, 1280]) {
    await tab.setViewportSize({ width, height: 800 });
    problems.push(...(await tab.evaluate(cutOff)).map((problem) => `${problem} (${width} px)`));
  }
  return problems;
}

/** Runs in the page: whether letters are large, and what is wider than its room. */
function cutOff() {
  const root = document.documentElement;
  if (parseFloat(getComputedStyle(root).fontSize) < 32) return ["the letters did not grow"];
  const problems = root.scrollWidth > root.clientWidth ? [`scrolls sideways: ${root.scrollWidth} px`] : [];
  const cut = [...document.body.querySelectorAll("*")].filter((element) => {
    const { overflowX, overflowY } = getComputedStyle(element);
    const hides = overflowX === "hidden" && element.scrollWidth > element.clientWidth + 1;
    const clips = overflowY === "hidden" && element.scrollHeight > element.clientHeight + 1;
    return (hides || clips) && element.clientWidth > 1 && element.checkVisibility();
  });
  return [...problems, ...cut.map((element) => `cut off: ${element.outerHTML.slice(0, 100)}`)];
}

/** Runs in the page, in forced colours: what would be told by colour alone. */
function unmarked() {
  const line = (element) => getComputedStyle(element).textDecorationLine;
  const bordered = (element) => parseFloat(getComputedStyle(element).borderTopWidth) > 0;
  const all = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
  return [
    ...all("ins:not(.blocks, .renamed)").filter((element) => !line(element).includes("underline")),
    ...all("del:not(.blocks)").filter((element) => !line(element).includes("line-through")),
    ...all("strong.standing").filter((element) => !bordered(element)),
    ...all(".text p a[href]:not(.permalink)").filter((element) => !line(element).includes("underline")),
  ].map((element) => `told by colour alone: ${element.outerHTML.slice(0, 100)}`);
}

/** The page as the browser prints it: the words of each sheet, and those that it has to hold. */
async function printed(tab, path) {
  const { title, version, address } = await tab.evaluate(() => ({ ...document.documentElement.dataset }));
  const expected = await tab.evaluate(wordsToPrint);
  await tab.emulateMedia({ media: "print" });
  const buttons = await tab.evaluate(() => [...document.querySelectorAll("button")].filter((each) => each.checkVisibility()).length);
  await tab.emulateMedia({ media: null });
  await tab.pdf({ path, format: "A4", preferCSSPageSize: true });
  const text = execFileSync("pdftotext", ["-raw", path, "-"], { encoding: "utf8" });
  return { title, version, address, expected, buttons, sheets: text.split("\f").slice(0, -1) };
}

/** Runs in the page: every word that it says, folded parts too; not what leads about on a screen. */
function wordsToPrint() {
  const screenOnly = ".visually-hidden, .screen-only, .permalink, .cite, .unchanged > summary, script, template, [hidden]";
  const found = new Set();
  for (const part of document.querySelectorAll("h1, .notice, .changes > :not(.links), .text, .entries, .sections, .terms")) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (walker.currentNode.parentElement.closest(screenOnly)) continue;
      for (const word of walker.currentNode.data.match(/[\p{L}\p{N}]{2,18}/gu) ?? []) found.add(word);
    }
  }
  return [...found];
}

function problemsOnPaper(page, { title, version, address, expected, buttons, sheets }) {
  const problems = sheets.flatMap((sheet, index) => {
    const wanted = [title, version, address, `${index + 1} / ${sheets.length}`].filter(Boolean);
    const missing = wanted.filter((words) => !says(sheet, words));
    return missing.map((words) => `sheet ${index + 1} does not say ${words}`);
  });
  const all = sheets.join("\n");
  const lost = expected.filter((word) => !says(all, word));
  const isVersion = ["current", "superseded", "upcoming", "corrected"].some((kind) => words(page.kind).includes(kind));
  return [
    ...problems,
    ...(buttons ? [`${buttons} buttons on paper`] : []),
    ...(isVersion && !version ? ["the sheets do not name the version"] : []),
    ...(lost.length ? [`not on paper: ${lost.slice(0, 20).join(" ")} (${lost.length} of ${expected.length} words)`] : []),
  ];
}

/** Whether what was read from paper holds words: as they are, or from right to left at least their letters in a line. */
function says(paper, words) {
  if (!/\p{Script=Arabic}/u.test(words)) return squeezed(paper).includes(squeezed(words));
  const wanted = letters(words);
  return paper.split("\n").some((line) => {
    const there = letters(line);
    return wanted.every((letter) => there.includes(letter) && there.splice(there.indexOf(letter), 1));
  });
}

// Programs that read paper put the letters of such scripts, and the marks on them, in an order of their own.
const letters = (text) => text.normalize("NFKC").match(/\p{L}|\p{N}/gu) ?? [];
const squeezed = (text) => text.replace(/\s+/g, "");
