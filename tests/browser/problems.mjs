// How a test reports what is wrong with a site: all problems at once, without the harness's own stack.

/** Fails the running test when there are problems, and lists them. */
export function expectNone(problems) {
  if (problems.length === 0) return;
  const error = new Error(`${problems.length} problem(s)\n${problems.join("\n")}`);
  error.stack = error.message;
  throw error;
}
