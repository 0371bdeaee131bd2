const PATTERN = /\.(sync(:2)?|waitForTaskToken)$/;

/** How a state waits for what it calls, as its Resource ends; "" where it goes on with the answer. */
export function callPatternOf(resource: string): string {
  return PATTERN.exec(resource)?.[0] ?? "";
}

/** What a state calls: its Resource without how it waits. */
export function calledBy(resource: string): string {
  return resource.replace(PATTERN, "");
}
