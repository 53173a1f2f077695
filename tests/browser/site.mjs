// A built site as read from disk: the address of every file, and every page parsed once.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { parse } from "parse5";

const DAY = /^\d{4}-\d{2}-\d{2}(\.r\d+)?$/;
const NOTICE = /^notice-(.+)$/;

/** Reads the folder `root`, which is to be served under the path `base`. */
export function readSite(root, base) {
  const paths = listFiles(root);
  const files = new Map(paths.map((path) => [addressOf(base, path), path]));
  const site = { root, base, files, read: (path) => readFileSync(join(root, path), "utf8") };
  site.pages = paths.filter((path) => path.endsWith(".html")).map((path) => readPage(site, path));
  site.origin = ownOrigin(site);
  return site;
}

/** The largest page of every kind in the first language, and the text in force of every document in each. */
export function representatives(site) {
  const { language } = site.pages.find(({ address }) => address === site.base);
  const chosen = new Map();
  for (const page of site.pages.filter((page) => !refreshes(page))) {
    const kind = kindOf(site, page);
    if (kind !== "current" && page.language !== language) continue;
    const key = kind === "current" ? page.address : kind;
    const largest = chosen.get(key)?.elements.length ?? 0;
    if (page.elements.length > largest) chosen.set(key, { ...page, kind });
  }
  return [...chosen.values()];
}

/** Every element of an HTML or XML text, in order: `{ name, attributes, text, line, lineOf }`. */
export function elementsOf(markup) {
  const document = parse(markup, { sourceCodeLocationInfo: true, scriptingEnabled: false });
  return [...descendants(document)].filter((node) => node.tagName).map(elementOf);
}

function listFiles(root) {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

function addressOf(base, path) {
  return base + encodeURI(path.replace(/(^|\/)index\.html$/, "$1"));
}

function readPage(site, path) {
  const elements = elementsOf(site.read(path));
  const classes = elements.flatMap((element) => words(element.attributes.class));
  return {
    path,
    // Visitors see the 404 page at any depth, so its links are judged from a deep address.
    address: path === "404.html" ? `${site.base}no/such/page/` : addressOf(site.base, path),
    status: path === "404.html" ? 404 : 200,
    language: elements[0].attributes.lang ?? "",
    notices: classes.flatMap((name) => name.match(NOTICE)?.[1] ?? []).sort(),
    ids: new Set(elements.map((element) => element.attributes.id)),
    elements,
  };
}

/** The site's own scheme and host: those of the first page in its sitemap. */
function ownOrigin(site) {
  const sitemap = elementsOf(site.read("sitemap.xml"));
  return new URL(sitemap.find((element) => element.name === "loc").text.trim()).origin;
}

/** What a page is, told by its address and by the notices on it. */
function kindOf(site, page) {
  const steps = page.path.split("/").slice(0, -1);
  if (steps[0] === page.language.toLowerCase()) steps.shift();
  const last = steps.at(-1);
  if (page.status === 404) return "not-found";
  if (page.notices.includes("no-record")) return "no-record";
  if (last === undefined) return "front";
  if (last === "history") return "history";
  if (DAY.test(last)) return page.notices.join(" ") || "in-force";
  if (DAY.test(steps.at(-2))) return last;
  return site.files.has(`${page.address}history/`) ? "current" : "undated";
}

function refreshes(page) {
  return page.elements.some((element) => element.attributes["http-equiv"]?.toLowerCase() === "refresh");
}

function* descendants(node) {
  for (const child of [...(node.childNodes ?? []), ...(node.content?.childNodes ?? [])]) {
    yield child;
    yield* descendants(child);
  }
}

function elementOf(node) {
  const place = node.sourceCodeLocation;
  return {
    name: node.tagName,
    attributes: Object.fromEntries(node.attrs.map(({ name, value }) => [name, value])),
    text: node.childNodes.map((child) => child.value ?? "").join(""),
    line: place?.startLine ?? 1,
    lineOf: (attribute) => place?.attrs?.[attribute]?.startLine ?? 1,
  };
}

/** The words of a list such as `class` or `rel`. */
export function words(list = "") {
  return list.split(/\s+/).filter(Boolean);
}
