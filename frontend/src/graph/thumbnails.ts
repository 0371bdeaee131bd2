import type { Thumbnail } from "@/graph/thumbnail.ts";
import type { ThumbnailAnswer, ThumbnailRequest } from "@/graph/thumbnail.worker.ts";

interface Wanted extends ThumbnailRequest {
  readonly done: (thumbnail: Thumbnail | null) => void;
}

/** A page of workflows and the one before it. */
const MOST_KEPT = 60;

/** By the definition alone: a text that is the same is told at once, however long it is. */
const kept = new Map<string, { readonly layout: string; readonly thumbnail: Thumbnail | null }>();
let waiting: Wanted[] = [];
let worker: Worker | null = null;
let working: Wanted | null = null;

/** The thumbnail of a workflow where it is known already; undefined where it has to be asked for. */
export function keptThumbnail(definition: string, layout: unknown): Thumbnail | null | undefined {
  const found = kept.get(definition);
  return found?.layout === JSON.stringify(layout) ? found.thumbnail : undefined;
}

/**
 * Lays out a thumbnail in a worker, one after the other: a page of large workflows stands and moves while
 * its pictures come. Returns how to say that it is no longer wanted.
 */
export function askForThumbnail(
  definition: string,
  layout: unknown,
  done: (thumbnail: Thumbnail | null) => void,
): () => void {
  const wanted: Wanted = { definition, layout, done };
  waiting.push(wanted);
  if (!working) next();
  return () => {
    waiting = waiting.filter((each) => each !== wanted);
    if (working === wanted) working = { ...wanted, done: () => undefined };
  };
}

function next(): void {
  working = waiting.shift() ?? null;
  if (!working) return;
  const { definition, layout } = working;
  const known = keptThumbnail(definition, layout);
  if (known !== undefined) answer(known);
  else if (typeof Worker === "undefined")
    void import("@/graph/thumbnail.ts").then((module) =>
      answer(module.layoutForThumbnail(definition, layout)),
    );
  else started().postMessage({ definition, layout } satisfies ThumbnailRequest);
}

function answer(thumbnail: ThumbnailAnswer): void {
  if (working) {
    const { definition, layout, done } = working;
    kept.delete(definition);
    kept.set(definition, { layout: JSON.stringify(layout), thumbnail });
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_KEPT) break;
      kept.delete(oldest);
    }
    done(thumbnail);
  }
  next();
}

function started(): Worker {
  if (!worker) {
    worker = new Worker(new URL("./thumbnail.worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", (event: MessageEvent<ThumbnailAnswer>) => answer(event.data));
    // What cannot be laid out has no picture; the others still come.
    worker.addEventListener("error", () => answer(null));
  }
  return worker;
}
