// A long policy is light to load: `npm run weight -- PROGRAM` builds one from texts of the sample site and weighs its page.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { readSite } from "./site.mjs";

const SAMPLE = resolve(import.meta.dirname, "../..");
const PROGRAM = resolve(process.argv[2] ?? "");
// In bytes: how long the text is at least, and what may come beside it, gzipped.
const TEXT = 40 * 1024;
const BOUND = 15 * 1024;

const root = mkdtempSync(join(tmpdir(), "engross-weight-"));
after(() => rmSync(root, { recursive: true }));

test("a policy of 40 KB comes with at most 15 KB beside its words", () => {
  const page = build();
  const words = wordsOf(page);
  assert.ok(Buffer.byteLength(words) >= TEXT, `the text has ${Buffer.byteLength(words)} bytes only`);
  const files = [page, ...page.files];
  const total = files.reduce((sum, { bytes }) => sum + weight(bytes), 0);
  const told = files.map(({ name, bytes }) => `${name} ${weight(bytes)}`).join(", ");
  const beside = total - weight(words);
  console.log(`${beside} bytes beside the words, of ${total} (${told})`);
  assert.ok(beside <= BOUND, `${beside} bytes beside the words: ${told}`);
});

function weight(bytes) {
  return gzipSync(bytes, { level: 9 }).length;
}

/** Builds the site; the page of its policy, and the files that it asks for. */
function build() {
  const sample = (path) => readFileSync(join(SAMPLE, "content", path), "utf8").replace(/^\+\+\+.*?\+\+\+\n/s, "");
  // Parts of other documents, with anchors that do not meet those of the policy.
  const part = (path, prefix) =>
    sample(path).replace(/^# .*$/m, "").replaceAll("{#", `{#${prefix}-`).replaceAll("](#", `](#${prefix}-`);
  const parts = [part("terms/2023-02-01.md", "t"), part("privacy/california/2022-12-22.md", "c")];
  const policy = [sample("privacy/2022-12-22.md"), ...parts].join("\n");
  // Links to what is not there lead to a section, and clauses and variables of the sample's files are left out.
  const text = policy.replace(/\]\((?!#|mailto:|https:)[^)]*\)/g, "](#scope)").replace(/\{\{ (clause|variables)[^}]*\}\}/g, "");
  mkdirSync(join(root, "content/privacy"), { recursive: true });
  writeFileSync(join(root, "content/privacy/2024-01-01.md"), `# Privacy Policy\n\n${text.replace("#t-indemnity-a", "#t-indemnity")}`);
  cpSync(join(SAMPLE, "content/data"), join(root, "content/data"), { recursive: true });
  writeFileSync(join(root, "engross.toml"), config());
  execFileSync(PROGRAM, ["build", "--root", root], { stdio: ["ignore", "ignore", "pipe"] });
  const site = readSite(join(root, "public"), "/");
  const page = site.pages.find(({ address }) => address === "/privacy/");
  const asked = page.elements.flatMap(({ name, attributes }) => {
    if (name === "script") return attributes.src;
    return name === "link" && /stylesheet|icon/.test(attributes.rel) ? attributes.href : [];
  });
  const read = (path) => readFileSync(join(site.root, path));
  const files = asked.map((address) => ({ name: address, bytes: read(site.files.get(address)) }));
  assert.equal(files.filter(({ name }) => name.endsWith(".css")).length, 1, "one style sheet");
  return { name: page.address, bytes: read(page.path), files };
}

/** The sample's configuration with its menus, without links to documents that are not there. */
function config() {
  const toml = readFileSync(join(SAMPLE, "engross.toml"), "utf8").replace(/^\[gpc\].*/ms, "");
  return toml.replace(/^languages = .*$/m, 'languages = ["en"]').replace(/(url|fallback) = "\/[^"]*"/g, '$1 = "/privacy/"');
}

/** The words of the text alone. */
function wordsOf({ bytes }) {
  const [, text] = bytes.toString().match(/<div class="text">(.*)<\/main>/s);
  const own = text.replace(/<p class="cite">.*?<\/p>|<a class="permalink".*?<\/a>|<details class="terms.*|<nav class="neighbours.*/gs, "");
  return own.replace(/<[^>]+>/g, "");
}
