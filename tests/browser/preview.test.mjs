// The preview in a browser, with an editor who types: `npm run preview -- PROGRAM`.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import axe from "axe-core";
import { launch, looks } from "./browser.mjs";

const PROGRAM = process.argv[2] ?? process.env.ENGROSS;
const PATIENCE = 20_000;
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const CONFIG = `title = "Legal"
base_url = "https://legal.example/"
languages = ["en"]

[organization]
name = "Acme"

[cookie_preferences]
label = "Open cookie preferences"
call = "consent.open"
fallback = "/privacy/"
`;

/** A policy of many clauses, each longer than it need be. */
function policy(words = {}, head = 'summary = "Words."') {
  const clauses = Array.from({ length: 40 }, (_, n) => {
    const text = words[n] ?? "We keep what we have to keep, and no more. ".repeat(8);
    return `## Clause ${n} {#clause-${n}}\n\n${text}\n`;
  });
  return `+++\n${head}\n+++\n# Privacy Policy\n\nThis is what applies.\n\n${clauses.join("\n")}`;
}

describe("the preview", () => {
  let folder, server, url, browser, context, page, errors;
  const TEXT = "content/privacy/2024-01-01.md";
  const put = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  /** As an editor saves that never leaves half a file. */
  const save = (path, text) => {
    const beside = join(folder, dirname(path), ".saved");
    writeFileSync(beside, text);
    renameSync(beside, join(folder, path));
  };
  const says = (words) =>
    page.waitForFunction((words) => document.body.innerText.includes(words), words, { timeout: PATIENCE });
  const overlay = () => page.locator("engross-bar .overlay");
  const bar = () => page.locator("engross-bar .bar");

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "engross-"));
    put("engross.toml", CONFIG);
    put("content/privacy/2023-01-01.md", policy({}, 'title = "Privacy Policy"'));
    put(TEXT, policy());
    put("content/terms/2023-01-01.md", "# Terms\n\nTerms.\n");
    server = spawn(PROGRAM, ["serve", "--root", folder, "--port", "0", "--as-of", "2024-06-01"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    url = String(await new Promise((resolve) => server.stdout.once("data", resolve))).trim();
    // The browser knows no names.
    url = url.replace("localhost", "127.0.0.1");
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    server?.kill();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await context?.close();
    put("engross.toml", CONFIG);
    put(TEXT, policy());
    put("content/terms/2023-01-01.md", "# Terms\n\nTerms.\n");
    context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" });
    page = await context.newPage();
    errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error" && !message.location().url.endsWith("favicon.ico")) errors.push(message.text());
    });
    await page.goto(`${url}privacy/`);
    await bar().locator(".state").waitFor();
    await page.waitForTimeout(700);
  });

  test("words that are typed appear, and the place of reading stays", async () => {
    await page.evaluate(() => document.getElementById("clause-20").scrollIntoView({ behavior: "instant", block: "center" }));
    await page.evaluate(() => (window.stays = true));
    const top = await page.evaluate(() => scrollY);
    for (const words of ["T", "Ty", "Typed words."]) {
      save(TEXT, policy({ 20: words }));
      await says(words);
    }
    assert.equal(await page.evaluate(() => scrollY), top);
    assert.ok(await page.evaluate(() => window.stays), "the page was loaded anew");
    assert.deepEqual(errors, []);
  });

  test("a clause that is edited out of sight comes into sight", async () => {
    save(TEXT, policy({ 33: "Far away." }));
    await says("Far away.");
    const box = await page.evaluate(() => document.getElementById("clause-33").getBoundingClientRect().top);
    assert.ok(box >= 0 && box < 800, `it is at ${box}`);
  });

  test("what was opened stays open, and scripts of the page go on", async () => {
    await page.evaluate(() => (window.consent = { open: () => (window.asked = true) }));
    const button = page.locator("button[data-call]");
    await button.waitFor();
    save(TEXT, policy({ 1: "Other words." }));
    await says("Other words.");
    await button.click();
    assert.ok(await page.evaluate(() => window.asked));
  });

  test("cookie preferences without a tool and without a page say so", async () => {
    put("engross.toml", CONFIG.replace('fallback = "/privacy/"\n', ""));
    const button = page.locator("button[data-call]");
    await page.waitForFunction(() => !document.querySelector(".cookie-preferences a"), null, { timeout: PATIENCE });
    await page.reload();
    await button.click();
    const status = page.locator(".cookie-preferences [role=status]");
    await status.getByText("No consent tool runs on this page, so there is nothing to set here.", { exact: true }).waitFor();
  });

  test("a new style sheet comes without a new page", async () => {
    await page.evaluate(() => (window.stays = true));
    put("themes/default/static/style.css", "body { background: rgb(1, 2, 3) }\n");
    await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === "rgb(1, 2, 3)", null, { timeout: PATIENCE });
    assert.ok(await page.evaluate(() => window.stays));
    rmSync(join(folder, "themes"), { recursive: true });
    await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor !== "rgb(1, 2, 3)", null, { timeout: PATIENCE });
  });

  test("an error is told over the last good page, and goes when it is mended", async () => {
    const good = await page.evaluate(() => document.querySelector("main").innerText);
    save(TEXT, policy({ 3: "See [nothing](#nothing) <sup>here</sup>." }));
    await overlay().waitFor({ timeout: PATIENCE });
    const told = await overlay().innerText();
    assert.match(told, /content\/privacy\/2024-01-01\.md:\d+:\d+/);
    assert.ok(told.includes("[nothing](#nothing) <sup>here</sup>"), told);
    assert.equal(await page.evaluate(() => document.querySelector("main").innerText), good);
    // On every other page, too, and after edits of other files.
    const other = await context.newPage();
    await other.goto(`${url}terms/`);
    await other.locator("engross-bar .overlay").waitFor();
    save("content/terms/2023-01-01.md", "# Terms\n\nOther terms.\n");
    await other.waitForFunction(() => document.body.innerText.includes("Other terms."), null, { timeout: PATIENCE });
    assert.ok(await other.locator("engross-bar .overlay").isVisible());
    save(TEXT, policy({ 3: "Mended." }));
    await says("Mended.");
    await overlay().waitFor({ state: "hidden", timeout: PATIENCE });
    await other.locator("engross-bar .overlay").waitFor({ state: "hidden", timeout: PATIENCE });
    assert.deepEqual(errors, []);
  });

  test("a broken configuration is told and mended", async () => {
    put("engross.toml", "title = ");
    await overlay().waitFor({ timeout: PATIENCE });
    assert.match(await overlay().innerText(), /engross\.toml:1:/);
    put("engross.toml", CONFIG);
    await overlay().waitFor({ state: "hidden", timeout: PATIENCE });
  });

  test("the text can be read as a redline while it is typed, by keyboard alone", async () => {
    const toggle = bar().getByRole("button", { name: /^Redline against/ });
    await toggle.focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => location.search === "?redline");
    assert.equal(await toggle.getAttribute("aria-pressed"), "true");
    save(TEXT, policy({ 5: "Entirely new words." }));
    await page.waitForFunction(
      () => [...document.querySelectorAll("ins")].some((ins) => ins.innerText.includes("Entirely new words.")),
      null,
      { timeout: PATIENCE },
    );
    assert.ok(await page.locator("del").count());
    await toggle.press("Enter");
    await page.waitForFunction(() => !document.querySelector(".text ins"), null, { timeout: PATIENCE });
    assert.deepEqual(errors, []);
  });

  test("a redline of a wide table does not widen a narrow page", async () => {
    const table = (word) =>
      `| Receipts, invoices | Correspondence | Whatever else it holds |\n|---|---|---|\n| of panels | by post | it holds ${word} of them |\n| of clients | by email | ${word} |`;
    put(TEXT, policy({ 2: table("all") }));
    put("content/privacy/draft.md", policy({ 2: table("none") }));
    await page.setViewportSize({ width: 320, height: 568 });
    await page.goto(`${url}privacy/draft/?redline`);
    await page.locator("del").first().waitFor({ timeout: PATIENCE });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    rmSync(join(folder, "content/privacy/draft.md"));
  });

  test("findings lead to their clause", async () => {
    save(TEXT, policy({ 30: "See [example](http://example.com/)." }));
    await says("See example");
    const finding = bar().locator("details summary");
    if (!(await finding.count())) return;
    await finding.first().click();
    await bar().getByRole("link", { name: "Show the clause" }).first().click();
    assert.match(page.url(), /#clause-30$/);
  });

  test("the bar can be hidden and shown again by keyboard", async () => {
    await bar().getByRole("button", { name: "Hide the preview bar" }).click();
    assert.ok(await bar().isHidden());
    await page.reload();
    await page.waitForTimeout(300);
    assert.ok(await bar().isHidden());
    await page.keyboard.press("Alt+b");
    assert.ok(await bar().isVisible());
  });

  test("a page that was open follows the next run of the program", async () => {
    const port = new URL(url).port;
    const start = (...more) =>
      spawn(PROGRAM, ["serve", "--root", folder, "--port", port, "--as-of", "2024-06-01", ...more], {
        stdio: ["ignore", "pipe", "ignore"],
      });
    for (let edit = 0; edit < 5; edit += 1) {
      save(TEXT, policy({ 0: `Before, ${edit}.` }));
      await says(`Before, ${edit}.`);
    }
    server.kill();
    await new Promise((resolve) => server.once("exit", resolve));
    save(TEXT, policy({ 0: "Written in the meantime." }));
    server = start();
    await new Promise((resolve) => server.stdout.once("data", resolve));
    await says("Written in the meantime.");
    save(TEXT, policy({ 0: "And after." }));
    await says("And after.");
  });

  test("another day can be chosen", async () => {
    await bar().locator("input[type=date]").fill("2023-06-01");
    await page.waitForFunction(() => !document.body.innerText.includes("Words."), null, { timeout: PATIENCE });
    await bar().getByRole("button", { name: "Today" }).waitFor();
    await page.evaluate(() => fetch("/_engross/day?day=2024-06-01", { method: "POST" }));
  });

  test("the bar and the overlay are open to everybody", async () => {
    await page.evaluate(axe.source);
    for (const broken of [false, true]) {
      if (broken) {
        save(TEXT, policy({ 3: "See [nothing](#nothing)." }));
        await overlay().waitFor({ timeout: PATIENCE });
      }
      for await (const { width, colorScheme } of looks(page)) {
        const found = await page.evaluate(
          (tags) => axe.run(document.querySelector("engross-bar"), { runOnly: { type: "tag", values: tags } }),
          WCAG,
        );
        const problems = found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
        assert.deepEqual(problems, [], `${width} px ${colorScheme}`);
      }
    }
  });

  test("no reload is lost over 200 edits", { timeout: 180_000 }, async () => {
    for (let edit = 0; edit < 200; edit += 1) {
      const write = edit % 2 ? save : put;
      write(TEXT, policy({ [edit % 40]: `Edit number ${edit}.` }));
      if (edit % 3 === 0) await page.waitForTimeout(edit % 17);
      else await says(`Edit number ${edit}.`);
    }
    await says("Edit number 199.");
    assert.deepEqual(errors, []);
  });
});
