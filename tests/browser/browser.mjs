// Headless Chromium: how it is started, and how a page is looked at.
import { chromium } from "playwright-core";

// The narrowest window that must work, and a common one.
export const WIDTHS = [320, 1280];
const COLOR_SCHEMES = ["light", "dark"];

// Besides what Playwright sets: no lookups, so that a page which asks for another host fails at once.
const ARGUMENTS = [
  "--disable-gpu",
  "--disable-quic",
  "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ARGUMENTS });
}

/** Opens `url` in a fresh profile, hands the page to `look`, and returns what happened with what `look` returned. */
export async function visit(browser, url, options, look) {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  try {
    const page = await context.newPage();
    const heard = listen(page);
    const response = await page.goto(url);
    return { status: response.status(), seen: await look(page), ...heard };
  } finally {
    await context.close();
  }
}

/** Puts an open page into narrow and wide windows, light and dark, one after the other. */
export async function* looks(page) {
  for (const width of WIDTHS) {
    for (const colorScheme of COLOR_SCHEMES) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      yield { width, colorScheme };
    }
  }
}

/** Collects the requests and the errors of a page as they happen. */
function listen(page) {
  const heard = { requests: [], errors: [] };
  page.on("request", (request) => heard.requests.push(request.url()));
  page.on("pageerror", (error) => heard.errors.push({ text: String(error) }));
  page.on("console", (message) => {
    if (message.type() === "error") heard.errors.push({ text: message.text(), url: message.location().url });
  });
  return heard;
}
