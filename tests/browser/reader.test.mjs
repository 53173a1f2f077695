// What a reader meets beside the text: the links of California, the status of the opt-out signal, cookie preferences,
// definitions at hand and copy buttons: `npm run reader -- PROGRAM`.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import { launch, looks, visit } from "./browser.mjs";
import { serve } from "./server.mjs";
import { readSite, representatives } from "./site.mjs";

const PROGRAM = process.argv[2] ?? process.env.ENGROSS;
const SOURCES = join(dirname(fileURLToPath(import.meta.url)), "../sites/california");
const DAY = "2024-06-01";
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const NO_TOOL = "No consent tool runs on this page, so there is nothing to set here.";
const NO_SIGNAL = "Your browser sends no opt-out preference signal.";

/** Builds the site with another configuration, and serves it. */
async function built(change = (toml) => toml) {
  const folder = mkdtempSync(join(tmpdir(), "engross-"));
  cpSync(SOURCES, folder, { recursive: true });
  const toml = join(folder, "engross.toml");
  writeFileSync(toml, change(readFileSync(toml, "utf8")));
  const run = (...command) => execFileSync(PROGRAM, [...command, "--root", folder, "--as-of", DAY], { stdio: "pipe" });
  run("seal");
  run("build", "--out", join(folder, "public"));
  const site = readSite(join(folder, "public"), "/");
  const server = await serve(site);
  return {
    site,
    origin: server.origin,
    close() {
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

describe("beside the text", { concurrency: 2 }, () => {
  let browser, california, separate;
  before(async () => {
    browser = await launch();
    california = await built();
    separate = await built((toml) =>
      toml
        .replace('choices = "/privacy/choices/"', 'do_not_sell = "/privacy/choices/"\nlimit = "/privacy/choices/"')
        .replace("uses_sensitive = false", "uses_sensitive = true")
        .replace('fallback = "/privacy/#cookies"\n', "")
        .replace("honoured = true", "honoured = false"),
    );
  });
  after(async () => {
    await browser?.close();
    california?.close();
    separate?.close();
  });

  const open = async (path, look, options = {}, site = california) => {
    const { seen, errors } = await visit(browser, site.origin + path, { viewport: { width: 1280, height: 800 }, ...options }, look);
    const expected = ["/favicon.ico", "/no/such/page/"].map((path) => site.origin + path);
    assert.deepEqual(errors.filter(({ url }) => !expected.includes(url)), []);
    return seen;
  };
  const withSignal = (value, look) => async (page) => {
    await page.addInitScript((value) => Object.defineProperty(navigator, "globalPrivacyControl", { value }), value);
    await page.reload();
    return look(page);
  };
  const choices = (page) =>
    page.locator(".site-footer .choices a").evaluateAll((links) =>
      links.map((link) => {
        const icon = link.querySelector("svg")?.getBoundingClientRect();
        const [own, other] = [link, document.querySelector(".site-footer ul:not(.choices) a:not([aria-current])")].map((each) => {
          const { fontSize, fontFamily, fontWeight, color } = getComputedStyle(each);
          return JSON.stringify({ fontSize, fontFamily, fontWeight, color });
        });
        return {
          words: link.innerText.trim(),
          path: new URL(link.href).pathname,
          icon: icon ? icon.height / parseFloat(getComputedStyle(link).fontSize) : 0,
          alike: own === other || link.hasAttribute("aria-current"),
        };
      }),
    );

  test("every page has the link, with its icon, like the other links of the footer", async () => {
    const pages = representatives(california.site);
    for (const kind of ["front", "current", "superseded", "history", "redline", "since", "undated", "not-found"]) {
      assert.ok(pages.some((page) => page.kind.split(" ").includes(kind)), kind);
    }
    await open("/", async (page) => {
      for (const { address, language } of pages) {
        await page.goto(california.origin + address);
        const [link, ...more] = await choices(page);
        const words = { en: "Your Privacy Choices", es: "Sus opciones de privacidad" }[language];
        assert.deepEqual([link.words, link.path, link.alike, more], [words, "/privacy/choices/", true, []], address);
        assert.ok(link.icon > 0.6 && link.icon < 1.2, `${address}: the icon is ${link.icon} of the size of the words`);
      }
    }, { javaScriptEnabled: false });
  });

  test("the separate links say what the law says, and have no icon", async () => {
    const titles = ["Do Not Sell or Share My Personal Information", "Limit the Use of My Sensitive Personal Information"];
    await open("/", async (page) => {
      for (const { address } of representatives(separate.site).filter(({ language }) => language === "en")) {
        await page.goto(separate.origin + address);
        const links = await choices(page);
        assert.deepEqual(links.map(({ words, icon }) => [words, icon]), titles.map((title) => [title, 0]), address);
      }
    }, { javaScriptEnabled: false }, separate);
  });

  test("pages say whether the signal was honoured, and nothing without JavaScript or where none is", async () => {
    const statuses = async (page) => {
      const found = [];
      for (const path of ["/", "/privacy/history/", "/es/privacy/"]) {
        await page.goto(new URL(path, page.url()).href);
        found.push(...(await page.locator(".opt-out-status:visible").allInnerTexts()));
      }
      return found;
    };
    const none = [NO_SIGNAL, NO_SIGNAL, "Su navegador no envía ninguna señal de preferencia de exclusión voluntaria."];
    const honored = ["Opt-Out Request Honored", "Opt-Out Request Honored", "Solicitud de exclusión voluntaria aceptada"];
    assert.deepEqual(await open("/", withSignal(true, statuses)), honored);
    assert.deepEqual(await open("/", withSignal(false, statuses)), none);
    assert.deepEqual(await open("/", statuses), none);
    assert.deepEqual(await open("/", withSignal(true, statuses), {}, separate), []);
    assert.deepEqual(await open("/", statuses, { javaScriptEnabled: false }), []);
  });

  test("cookie preferences are a link without JavaScript, and a button with it that calls the tool", async () => {
    const link = (page) => page.getByRole("link", { name: "Open cookie preferences" });
    const button = (page) => page.getByRole("button", { name: "Open cookie preferences" });
    await open("/terms/", async (page) => {
      assert.equal(await button(page).count(), 0);
      await link(page).click();
      assert.match(page.url(), /\/privacy\/#cookies$/);
    }, { javaScriptEnabled: false });
    await open("/terms/", async (page) => {
      assert.equal(await link(page).count(), 0);
      await page.evaluate(() => (window.Pinemarten = { consent: { open() { window.calledOn = this; } } }));
      await button(page).focus();
      await page.keyboard.press("Enter");
      assert.ok(await page.evaluate(() => window.calledOn === window.Pinemarten.consent));
    });
    await open("/terms/", async (page) => {
      await button(page).click();
      await page.waitForURL(/\/privacy\/#cookies$/);
    });
    await open("/terms/", async (page) => {
      await page.evaluate(() => {
        const status = document.querySelector(".cookie-preferences [role=status]");
        window.said = [status.textContent];
        new MutationObserver(() => window.said.push(status.textContent)).observe(status, { childList: true });
      });
      const presses = async (times) => {
        await button(page).click();
        await page.waitForFunction((times) => window.said.length === times, times);
      };
      // It is said again, and no more once there is a tool.
      await presses(2);
      await presses(4);
      await page.evaluate(() => (window.Pinemarten = { consent: { open() {} } }));
      await presses(5);
      assert.deepEqual(await page.evaluate(() => window.said), ["", NO_TOOL, "", NO_TOOL, ""]);
    }, {}, separate);
  });

  const DEFINITION = /^“Listening Data” means what the Player tells us of the songs that you hear, and how loud you hear them\.$/;
  const use = (page) => page.locator("#collect ~ p a.term, .clause p a.term").first();
  const card = (page) => page.getByRole("tooltip");

  test("the keyboard shows a definition, which covers no link that it is of, and Escape closes it", async () => {
    for (const width of [320, 1280]) {
      await open("/privacy/", async (page) => {
        for (let presses = 0; presses < 60; presses += 1) {
          await page.keyboard.press("Tab");
          if (await page.evaluate(() => document.activeElement.matches("a.term"))) break;
        }
        await card(page).waitFor();
        assert.match(await card(page).innerText(), DEFINITION);
        const [link, box] = await page.evaluate(() =>
          [document.activeElement, document.querySelector("[role=tooltip]")].map((each) => each.getBoundingClientRect().toJSON()),
        );
        assert.ok(box.top >= link.bottom || box.bottom <= link.top, "it covers the link");
        assert.ok(box.left >= 0 && box.right <= width, "it leaves the window");
        assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-describedby")), "page:definition");
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
        await page.keyboard.press("Escape");
        assert.equal(await card(page).count(), 0);
        assert.ok(await page.evaluate(() => document.activeElement.matches("a.term:not([aria-describedby])")), "the focus stays");
        await page.keyboard.press("Shift+Tab");
        await page.keyboard.press("Tab");
        await card(page).waitFor();
        await page.keyboard.press("Tab");
        assert.ok(await page.evaluate(() => !document.querySelector("[role=tooltip]") || document.activeElement.matches("a.term")));
      }, { viewport: { width, height: 800 } });
    }
  });

  test("the mouse shows a definition and may go onto it; a tap follows the link", async () => {
    await open("/privacy/", async (page) => {
      await use(page).hover();
      await card(page).waitFor();
      assert.match(await card(page).innerText(), DEFINITION);
      await card(page).hover();
      await page.waitForTimeout(600);
      assert.ok(await card(page).isVisible());
      await card(page).click();
      assert.ok(await card(page).isVisible(), "its words can be selected");
      await page.mouse.move(5, 5);
      await card(page).waitFor({ state: "detached" });
      await page.locator("a.term", { hasText: "Record Label" }).hover();
      await card(page).waitFor();
      assert.equal(await card(page).innerText(), "“Record Label” means a company that the U.S. Music Act calls so.");
      await page.mouse.move(5, 5);
      await card(page).waitFor({ state: "detached" });
      await use(page).hover();
      await card(page).waitFor();
      await page.keyboard.press("Escape");
      assert.equal(await card(page).count(), 0);
      await page.waitForTimeout(600);
      assert.equal(await card(page).count(), 0);
    });
    await open("/privacy/", async (page) => {
      await use(page).tap();
      await page.waitForURL(/#term:/);
      await page.waitForTimeout(500);
      assert.equal(await card(page).count(), 0);
    }, { hasTouch: true });
  });

  test("a redline shows no definition made of two versions", async () => {
    const { address } = representatives(california.site).find(({ kind }) => kind === "redline");
    await open(address, async (page) => {
      for (const link of await page.locator("a.term:visible").all()) {
        await link.focus();
        assert.equal(await card(page).count(), 0);
      }
    });
  });

  test("the address of a clause and the digest of a text can be copied", async () => {
    await open("/privacy/#sell", async (page) => {
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      for (const [place, copied] of [
        ["#sell", /^https:\/\/legal\.pinemarten\.example\/privacy\/2024-01-01\/#sell$/],
        [".seal", /^(sha256:)?[0-9a-f]{64}$/],
      ]) {
        if (place === ".seal") await page.locator(".seal > summary").click();
        const around = page.locator(place === "#sell" ? ".clause:target > .cite" : place);
        await around.getByRole("button", { name: "Copy" }).click();
        await around.getByRole("status").getByText("Copied").waitFor();
        assert.match(await page.evaluate(() => navigator.clipboard.readText()), copied);
      }
    });
    const buttons = (page) => page.locator(".copy").count();
    assert.equal(await open("/privacy/#sell", buttons, { javaScriptEnabled: false }), 0);
    const words = (page) => page.locator(".seal .copy").textContent();
    assert.equal(await open("/es/privacy/", words), "Copiar");
  });

  test("all of it is open to everybody, narrow and wide, light and dark", async () => {
    await open("/privacy/#sell", withSignal(true, async (page) => {
      await page.evaluate(axe.source);
      for await (const { width, colorScheme } of looks(page)) {
        await use(page).focus();
        await page.keyboard.press("Shift+Tab");
        await page.keyboard.press("Tab");
        await card(page).waitFor();
        const { violations } = await page.evaluate((tags) => window.axe.run({ runOnly: tags }), WCAG);
        const problems = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
        assert.deepEqual(problems, [], `${width} px ${colorScheme}`);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      }
    }));
  });
});
