import { layoutForThumbnail, type Thumbnail } from "@/graph/thumbnail.ts";

export interface ThumbnailRequest {
  readonly definition: string;
  readonly layout: unknown;
}

export type ThumbnailAnswer = Thumbnail | null;

self.addEventListener("message", (event: MessageEvent<ThumbnailRequest>) => {
  const answer: ThumbnailAnswer = layoutForThumbnail(event.data.definition, event.data.layout);
  self.postMessage(answer);
});
