/** Why a text is no JSON, with line and column, or null where it is. */
export function jsonError(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    if (text.trim() === "") return "Write a JSON value, such as {}.";
    const said = error instanceof Error ? error.message : String(error);
    const offset = /end of JSON input/.test(said) ? text.length : Number(/position (\d+)/.exec(said)?.[1]);
    if (Number.isNaN(offset)) return `This is no JSON: ${said}`;
    const before = text.slice(0, offset).split("\n");
    const reason = said.replace(/ in JSON at position.*$/s, "");
    return `Line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}: ${reason}.`;
  }
}
