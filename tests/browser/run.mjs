// Serves a built site on the loopback and runs every suite on it: `npm test -- PUBLIC_DIR [--base /legal/]`.
import { after, describe } from "node:test";
import { parseArgs } from "node:util";
import { htmlTests } from "./html.test.mjs";
import { linksTests } from "./links.test.mjs";
import { pagesTests } from "./pages.test.mjs";
import { readingTests } from "./reading.test.mjs";
import { serve } from "./server.mjs";
import { readSite } from "./site.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { base: { type: "string", default: "/" } },
});
if (positionals.length !== 1) {
  console.error("usage: npm test -- PUBLIC_DIR [--base /legal/]");
  process.exit(2);
}

const site = readSite(positionals[0], values.base);
const server = await serve(site);

describe(`the site under ${site.base}`, { concurrency: true }, () => {
  after(() => server.close());
  describe("HTML and CSS", () => htmlTests(site));
  describe("links", () => linksTests(site, server.origin));
  describe("pages", () => pagesTests(site, server.origin));
  // How a page is read does not depend on where it is.
  if (site.base === "/") describe("reading", () => readingTests(site, server.origin));
});
