import type { JsonObject } from "@/asl/types.ts";
import { secondsInWords } from "@/asl/words.ts";

const SHOWN = 4;
/** A Retrier may ask for 99,999,999 attempts; the sum of so many waits is nobody's question. */
const COUNTED = 1_000;

/** When a Retrier tries again, in words: "Tries again after 2 s, 4 s, 8 s; 14 s in all." */
export function waitsInWords(retrier: JsonObject): string | null {
  const number = (key: string, otherwise: number) => {
    const value = retrier[key];
    return value === undefined ? otherwise : typeof value === "number" ? value : null;
  };
  const [first, attempts, rate] = [
    number("IntervalSeconds", 1),
    number("MaxAttempts", 3),
    number("BackoffRate", 2),
  ];
  const longest = number("MaxDelaySeconds", Infinity);
  if (first === null || attempts === null || rate === null || longest === null) return null;
  if (attempts <= 0) return "Never tries again.";
  const wait = (index: number) => Math.min(first * rate ** index, longest);
  const chance = retrier["JitterStrategy"] === "FULL";
  const shown = Array.from({ length: Math.min(attempts, SHOWN) }, (_, index) => secondsInWords(wait(index)));
  const last = attempts > SHOWN ? ` … ${secondsInWords(wait(attempts - 1))}` : "";
  const times = attempts > SHOWN ? ` (${attempts} times)` : "";
  const sum =
    attempts > 1 && attempts <= COUNTED
      ? `; ${chance ? "at most " : ""}${secondsInWords(Array.from({ length: attempts }, (_, at) => wait(at)).reduce((one, other) => one + other, 0))} in all`
      : "";
  return `Tries again after ${chance ? "up to " : ""}${shown.join(", ")}${last}${times}${sum}.`;
}
