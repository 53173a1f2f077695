// Which addresses a page, stylesheet or script refers to, and which of them a browser loads by itself.
import { words } from "./site.mjs";

const LINKING_ATTRIBUTES = ["href", "action", "formaction", "cite"];
const LOADING_ATTRIBUTES = ["src", "poster", "data"];
const LOADING_LISTS = ["srcset", "imagesrcset"];
const LOADING_ELEMENTS = new Set(["use", "image", "feimage"]);
const LOADING_RELATIONS = new Set(
  words("stylesheet icon apple-touch-icon mask-icon manifest preload modulepreload prefetch preconnect dns-prefetch"),
);
const SCRIPT_TYPES = new Set([undefined, "", "module", "text/javascript"]);

const CANDIDATE = /([^\s,]\S*[^\s,])(?:\s[^,]*)?(?:,|$)/g;
const REFRESH = /url=(.*)$/i;
const CSS_COMMENT = /\/\*[^]*?\*\//g;
const CSS_ADDRESS = /url\(\s*(?:"([^"]*)"|'([^']*)'|([^)]*?))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')/gi;
const SCRIPT_ADDRESS = /["'`]((?:https?:|wss?:)?\/\/[\w[][^"'`\s]*)/g;

/** Everything the site refers to: `{ url, loads, from, where }`; `from` is the address that `url` is relative to. */
export function references(site) {
  return [
    ...site.pages.flatMap(pageReferences),
    ...fileReferences(site, ".css", styleAddresses),
    ...fileReferences(site, ".js", scriptAddresses),
  ];
}

function fileReferences(site, extension, addresses) {
  const files = [...site.files].filter(([, path]) => path.endsWith(extension));
  return files.flatMap(([from, path]) =>
    addresses(site.read(path)).map(({ url, line }) => ({ url, loads: true, from, where: `${path}:${line}` })),
  );
}

function pageReferences(page) {
  return page.elements
    .flatMap((element) => [...linked(element), ...loaded(element), ...embedded(element)])
    .map(({ url, loads, line }) => ({ url, loads, from: page.address, where: `${page.path}:${line}` }));
}

function linked(element) {
  const loads = loadsItsLink(element);
  return attributes(element, LINKING_ATTRIBUTES).map(({ value, line }) => ({ url: value, loads, line }));
}

function loadsItsLink({ name, attributes }) {
  if (name === "link") return words(attributes.rel).some((rel) => LOADING_RELATIONS.has(rel.toLowerCase()));
  return LOADING_ELEMENTS.has(name.toLowerCase());
}

function loaded(element) {
  const single = attributes(element, LOADING_ATTRIBUTES).map(({ value, line }) => ({ url: value, line }));
  const listed = attributes(element, LOADING_LISTS).flatMap(({ value, line }) =>
    matches(value, CANDIDATE).map(({ url }) => ({ url, line })),
  );
  return [...single, ...listed].map((reference) => ({ ...reference, loads: true }));
}

/** Addresses inside the text of a style, of a script or of a refresh. */
function embedded(element) {
  const { name, attributes, text } = element;
  if (name === "meta") return refreshTarget(element);
  if (name === "style") return inLinesOf(element, styleAddresses(text));
  if (name === "script" && SCRIPT_TYPES.has(attributes.type)) return inLinesOf(element, scriptAddresses(text));
  return inLinesOf(element, styleAddresses(attributes.style ?? ""));
}

function inLinesOf(element, addresses) {
  return addresses.map(({ url, line }) => ({ url, loads: true, line: element.line + line - 1 }));
}

function refreshTarget({ attributes, line }) {
  const url = attributes["http-equiv"]?.toLowerCase() === "refresh" && REFRESH.exec(attributes.content)?.[1];
  return url ? [{ url, loads: false, line }] : [];
}

function attributes(element, names) {
  return names
    .filter((name) => name in element.attributes)
    .map((name) => ({ value: element.attributes[name].trim(), line: element.lineOf(name) }));
}

function styleAddresses(css) {
  return matches(
    css.replace(CSS_COMMENT, (comment) => comment.replace(/[^\n]/g, " ")),
    CSS_ADDRESS,
  );
}

function scriptAddresses(script) {
  return matches(script, SCRIPT_ADDRESS);
}

function matches(text, pattern) {
  return [...text.matchAll(pattern)].map((match) => ({
    url: match.slice(1).find((group) => group !== undefined),
    line: text.slice(0, match.index).split("\n").length,
  }));
}
