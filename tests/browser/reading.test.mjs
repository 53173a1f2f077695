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
// More steps than any page of a test has places for the keyboard.
const STEPS = 1500;

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
      const open = (options, look) => visit(browser, served + page.address, options, look);
      const name = `${page.kind} ${page.address}`;
      for (const width of WIDTHS) {
        test(`${name} is reached by keyboard, ${width} px`, async () => {
          const viewport = { width, height: 800 };
          expectNone((await open({ viewport }, walk)).seen);
        });
      }
      test(`${name} is whole in letters of twice the size`, async () => {
        expectNone((await open({}, enlarged)).seen);
      });
      test(`${name} keeps its marks in the reader's own colours`, async () => {
        const seen = await open({ forcedColors: "active" }, (tab) => tab.evaluate(unmarked));
        expectNone(seen.seen);
      });
      test(`${name} is whole on paper`, async () => {
        const path = join(folder, `${page.path.replaceAll("/", "-")}.pdf`);
        const { seen } = await open({}, (tab) => printed(tab, path));
        expectNone(problemsOnPaper(page, seen));
      });
    }
  });
}

/** Walks through the page with the Tab key: every place in its order, in sight, and marked. */
async function walk(tab) {
  const expected = await tab.evaluate(places);
  const seen = [];
  const problems = [];
  for (let step = 0; step < STEPS; step += 1) {
    await tab.keyboard.press("Tab");
    const { at, problem } = await tab.evaluate(focused);
    if (at === -1 || seen.includes(at)) break;
    seen.push(at);
    if (problem) problems.push(problem);
  }
  const missed = expected.filter(({ at }) => !seen.includes(at));
  const order = seen.every((at, index) => index === 0 || at > seen[index - 1]);
  return [
    ...problems,
    ...missed.map(({ html }) => `the keyboard does not reach ${html}`),
    ...(order ? [] : [`the keyboard goes another way than the page: ${seen.join(" ")}`]),
  ];
}

/** Runs in the page: gives everything a number, and tells what the keyboard should reach. */
function places() {
  window.everything = [...document.querySelectorAll("*")];
  const reachable = (element) =>
    element.matches("a[href], button, summary, input, [tabindex='0']") && element.checkVisibility({ visibilityProperty: true });
  // A folded list has nothing to reach, and a list that scrolls nowhere need not be one of the steps.
  return window.everything.flatMap((element, at) =>
    reachable(element) && !element.hasAttribute("tabindex") ? [{ at, html: element.outerHTML.slice(0, 100) }] : [],
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
    const there = document.elementFromPoint(box.left + Math.min(box.width / 2, 8), (top + bottom) / 2);
    return top < bottom && there && (element.contains(there) || there.contains(element));
  });
  return { at, problem: inSight ? undefined : `the focus is hidden on ${html}` };
}

/** What is cut off or runs out of the window when the reader has set letters to twice the size (WCAG 1.4.4). */
async function enlarged(tab) {
  const devtools = await tab.context().newCDPSession(tab);
  await devtools.send("Page.enable");
  await devtools.send("Page.setFontSizes", { fontSizes: DOUBLE });
  const problems = [];
  for (const width of [640, 1280]) {
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
  await tab.pdf({ path, format: "A4", preferCSSPageSize: true });
  const text = execFileSync("pdftotext", ["-raw", path, "-"], { encoding: "utf8" });
  return { title, version, address, expected, sheets: text.split("\f").slice(0, -1) };
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

function problemsOnPaper(page, { title, version, address, expected, sheets }) {
  const squeezed = (words) => words.replace(/\s+/g, "");
  const problems = sheets.flatMap((sheet, index) => {
    const wanted = [title, version, address, `${index + 1} / ${sheets.length}`].filter(Boolean);
    const missing = wanted.filter((words) => !squeezed(sheet).includes(squeezed(words)));
    return missing.map((words) => `sheet ${index + 1} does not say ${words}`);
  });
  const all = squeezed(sheets.join(""));
  const lost = expected.filter((word) => !all.includes(word));
  const dated = !["current", "superseded", "upcoming", "corrected"].some((kind) => words(page.kind).includes(kind));
  return [
    ...problems,
    ...(dated || version ? [] : ["the sheets do not name the version"]),
    ...(lost.length ? [`not on paper: ${lost.slice(0, 20).join(" ")} (${lost.length} of ${expected.length} words)`] : []),
  ];
}
