// Every address in the site leads somewhere, and nothing is loaded from another host.
import { test } from "node:test";
import { expectNone } from "./problems.mjs";
import { references } from "./references.mjs";
import { elementsOf, words } from "./site.mjs";

const LISTS = { "sitemap.xml": sitemapAddresses, _redirects: redirectAddresses, "robots.txt": robotsAddresses };
const FEED = /(^|\/)feed\.xml$/;
const ASK = { method: "HEAD", redirect: "manual" };
const SCHEMES_OUT = new Set(["https:", "mailto:", "tel:"]);

export function linksTests(site, served) {
  const all = references(site).map((reference) => located(site, reference));
  const within = all.filter(({ inside }) => inside);
  const outside = all.filter(({ inside }) => !inside);
  const loaded = outside.filter(({ loads }) => loads);
  const linked = outside.filter(({ loads }) => !loads);
  const resolve = resolver(site, served);

  test("every address within the site answers 200, and has the anchor asked for", async () => {
    expectNone(await problemsOf(within, resolve));
  });
  test("nothing is loaded from another host", async () => {
    expectNone(await problemsOf(loaded, foreignLoad));
  });
  test("links lead out by https, mailto or tel only", async () => {
    expectNone(await problemsOf(linked, wrongScheme));
  });
  test("every address in a feed is on this site and answers 200", async () => {
    expectNone(await problemsOf(feeds(site), resolve));
  });
  for (const [path, addresses] of Object.entries(LISTS)) {
    const skip = !site.files.has(site.base + path) && "the site has no such file";
    test(`every address in ${path} is on this site and answers 200`, { skip }, async () => {
      const listed = addresses(site.read(path)).map(({ url, line }) =>
        located(site, { url, from: site.base, where: `${path}:${line}` }),
      );
      expectNone(await problemsOf(listed, resolve));
    });
  }
}

/** The feeds of the site with the addresses in them. */
function feeds(site) {
  const files = [...site.files].filter(([, path]) => FEED.test(path));
  return files.flatMap(([from, path]) =>
    feedAddresses(site.read(path)).map(({ url, line }) => located(site, { url, from, where: `${path}:${line}` })),
  );
}

async function problemsOf(located, judge) {
  const judged = await Promise.all(
    located.map(async (reference) => ({ ...reference, problem: await judge(reference) })),
  );
  return judged.filter(({ problem }) => problem).map(({ where, url, problem }) => `${where} ${url}: ${problem}`);
}

/** Adds the `target` of a reference, and whether it is `inside` the site: under its base, or written without a host. */
function located(site, reference) {
  const here = site.origin + reference.from;
  if (!URL.canParse(reference.url, here)) return { ...reference, inside: true };
  const target = new URL(reference.url, here);
  const underBase = target.pathname.startsWith(site.base) || !URL.canParse(reference.url);
  return { ...reference, target, inside: target.origin === site.origin && underBase };
}

/** Judges addresses by asking the server, once for each. */
function resolver(site, served) {
  const pages = new Map(site.pages.map((page) => [page.address, page]));
  const statuses = new Map();
  const statusOf = (address) => {
    if (!statuses.has(address)) statuses.set(address, fetch(served + address, ASK));
    return statuses.get(address).then(({ status }) => status);
  };
  return async ({ target, inside }) => {
    if (!target) return "is not an address";
    if (!inside) return "is not on this site";
    const page = pages.get(target.pathname);
    const status = await statusOf(target.pathname);
    if (status !== (page?.status ?? 200)) return `answers ${status}`;
    const anchor = decodeURIComponent(target.hash.slice(1));
    return anchor && page && !page.ids.has(anchor) && `no element has the id “${anchor}”`;
  };
}

function foreignLoad({ target }) {
  return target.protocol !== "data:" && "is on another host";
}

function wrongScheme({ target }) {
  return !SCHEMES_OUT.has(target.protocol) && "is neither https, mailto nor tel";
}

function sitemapAddresses(xml) {
  const urlOf = { loc: ({ text }) => text.trim(), "xhtml:link": ({ attributes }) => attributes.href };
  const listed = elementsOf(xml).filter(({ name }) => name in urlOf);
  return listed.map((element) => ({ url: urlOf[element.name](element), line: element.line }));
}

function feedAddresses(xml) {
  const links = elementsOf(xml).filter(({ name }) => name === "link");
  return links.map(({ attributes, line }) => ({ url: attributes.href, line }));
}

function redirectAddresses(text) {
  return lines(text).flatMap(({ words: [from, to], line }) => [from, to].map((url) => ({ url, line })));
}

/** Sitemaps only: the paths of rules are prefixes, not addresses. */
function robotsAddresses(text) {
  return lines(text)
    .filter(({ words: [field] }) => field.toLowerCase() === "sitemap:")
    .map(({ words: [, url], line }) => ({ url, line }));
}

/** The lines of a plain text that are neither empty nor comments. */
function lines(text) {
  return text
    .split("\n")
    .map((content, index) => ({ words: words(content.replace(/(^|\s)#.*/, "")), line: index + 1 }))
    .filter((line) => line.words.length > 0);
}
