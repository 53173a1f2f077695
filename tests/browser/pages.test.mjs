// Pages of every kind work in a browser: without JavaScript, narrow and wide, light and dark, and for everybody.
import { availableParallelism } from "node:os";
import { after, before, describe, test } from "node:test";
import axe from "axe-core";
import { launch, looks, visit } from "./browser.mjs";
import { expectNone } from "./problems.mjs";
import { representatives, words } from "./site.mjs";

const VERSIONS = ["current", "superseded", "upcoming", "corrected"];
const EXPECTED_KINDS = ["front", ...VERSIONS, "history", "redline", "since", "undated", "not-found"];
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
// How to cite a clause is shown when somebody asks for the clause.
const COLOURS = ["color-contrast", "link-in-text-block"];
const WORDS = "h1, main, .notice, section.clause > :not(section, details, script, template, .cite)";

export function pagesTests(site, served) {
  const pages = representatives(site);
  let browser;
  before(async () => (browser = await launch()));
  after(() => browser.close());

  for (const kind of EXPECTED_KINDS.filter((kind) => !pages.some((page) => words(page.kind).includes(kind)))) {
    test(kind, { skip: "the site has no such page" }, () => {});
  }
  describe("in Chromium", { concurrency: availableParallelism() }, () => {
    for (const page of pages) {
      const open = (options, look) => visit(browser, served + page.address, options, look);
      test(`${page.kind} ${page.address} is readable without JavaScript`, async () => {
        const visited = await open({ javaScriptEnabled: false }, (tab) => tab.evaluate(unreadable, WORDS));
        expectNone([...visited.seen, ...problemsHeard(visited, served, page)]);
      });
      // How a page looks does not depend on where the site is.
      if (site.base !== "/") continue;
      test(`${page.kind} ${page.address} is sound, narrow and wide, light and dark`, async () => {
        const visited = await open({}, problemsOfLooks);
        expectNone([...visited.seen, ...problemsHeard(visited, served, page)]);
      });
    }
  });
}

/** What is wrong in each look, every problem once with the looks that have it. */
async function problemsOfLooks(tab) {
  const looksWith = new Map();
  await tab.evaluate(axe.source);
  for await (const { width, colorScheme } of looks(tab)) {
    // In the dark other colours are seen, and nothing else.
    const rules = colorScheme === "dark" ? COLOURS : WCAG;
    for (const problem of [...(await tab.evaluate(sidewaysScroll)), ...(await barriers(tab, rules))]) {
      looksWith.set(problem, [...(looksWith.get(problem) ?? []), `${width} px ${colorScheme}`]);
    }
  }
  return [...looksWith].map(([problem, looks]) => `${problem} (${looks.join(", ")})`);
}

/** The status, the requests to other hosts, and the errors in the console. */
function problemsHeard({ status, requests, errors }, served, page) {
  const foreign = requests.filter((url) => !url.startsWith(`${served}/`) && !url.startsWith("data:"));
  // Chromium reports the 404 page's own status, and asks for an icon on its own account.
  const expected = [`${served}/favicon.ico`, page.status === 404 && served + page.address];
  const loud = errors.filter(({ url }) => !expected.includes(url));
  return [
    ...(status === page.status ? [] : [`status ${status} instead of ${page.status}`]),
    ...foreign.map((url) => `asks another host: ${url}`),
    ...loud.map(({ text, url = "" }) => `console: ${text} ${url}`.trimEnd()),
  ];
}

/** Runs in the page: the elements that hold its words and cannot be seen, or are missing. */
function unreadable(selector) {
  const missing = ["h1", "main"].filter((name) => !document.querySelector(name)).map((name) => `there is no ${name}`);
  const hidden = [...document.querySelectorAll(selector)].filter((element) => {
    const { width, height } = element.getBoundingClientRect();
    const shown = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    return !element.closest("details") && !(shown && width > 1 && height > 1);
  });
  return [...missing, ...hidden.map((element) => `cannot be seen: ${element.outerHTML.slice(0, 120)}`)];
}

/** Runs in the page: whether it is wider than its window. */
function sidewaysScroll() {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth > clientWidth ? [`scrolls sideways: ${scrollWidth} px in a window of ${clientWidth} px`] : [];
}

/** What axe finds against WCAG 2.2 AA, and words in the very colour of their background, of which axe is not sure. */
async function barriers(tab, rules) {
  const { violations, incomplete } = await tab.evaluate((runOnly) => window.axe.run({ runOnly }), rules);
  const invisible = incomplete.map((rule) => ({ ...rule, nodes: rule.nodes.filter(isInvisible) }));
  return [...violations, ...invisible].flatMap(({ id, nodes }) =>
    nodes.map((node) => `axe ${id} at ${node.target}: ${reason(node)}`),
  );
}

function isInvisible({ any }) {
  return any.some(({ data }) => data?.messageKey === "equalRatio");
}

function reason({ failureSummary }) {
  return failureSummary.replace(/\s+/g, " ");
}
