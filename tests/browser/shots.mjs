// Writes screenshots of pages of every kind for human eyes: `node shots.mjs PUBLIC_DIR OUT`.
import { join } from "node:path";
import { launch, looks, visit } from "./browser.mjs";
import { serve } from "./server.mjs";
import { readSite, representatives } from "./site.mjs";

const [root, out] = process.argv.slice(2);
if (!out) {
  console.error("usage: node shots.mjs PUBLIC_DIR OUT");
  process.exit(2);
}

const site = readSite(root, "/");
const server = await serve(site);
const browser = await launch();
for (const page of representatives(site)) {
  await visit(browser, server.origin + page.address, {}, (tab) => shoot(tab, page));
}
await browser.close();
server.close();

async function shoot(tab, page) {
  for await (const { width, colorScheme } of looks(tab)) {
    const path = join(out, `${nameOf(page)}.${width}.${colorScheme}.png`);
    await tab.screenshot({ path, fullPage: true });
    console.log(path);
  }
}

function nameOf({ path }) {
  return path.replace(/(\/?index)?\.html$/, "").replaceAll("/", "-") || "front";
}
