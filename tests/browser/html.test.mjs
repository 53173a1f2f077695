// Every page and stylesheet is valid according to the Nu HTML checker.
import { execFile } from "node:child_process";
import { relative, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import vnuJar from "vnu-jar";
import { expectNone } from "./problems.mjs";

// The checker recurses into its schemas, deeper than the usual stack allows for.
const CHECKER = ["-Xss4m", "-jar", String(vnuJar), "--skip-non-html", "--also-check-css", "--format", "json"];
const REPORT = ["--stdout", "--exit-zero-always"];
const ROOM_FOR_MESSAGES = 256 * 1024 * 1024;

export function htmlTests(site) {
  test("the Nu HTML checker has no errors and no warnings", async () => {
    const root = resolve(site.root);
    const { stdout } = await promisify(execFile)("java", [...CHECKER, ...REPORT, root], {
      maxBuffer: ROOM_FOR_MESSAGES,
    });
    const { messages } = JSON.parse(stdout);
    expectNone(messages.filter(isErrorOrWarning).map((message) => describeMessage(root, message)));
  });
}

function isErrorOrWarning(message) {
  return message.type !== "info" || message.subType === "warning";
}

function describeMessage(root, { url, lastLine = 1, firstLine = lastLine, firstColumn = 1, type, subType, message }) {
  const path = url ? relative(root, fileURLToPath(new URL(url))) : root;
  return `${path}:${firstLine}:${firstColumn} ${subType ?? type}: ${message}`;
}
