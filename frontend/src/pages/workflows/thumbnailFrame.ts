const MARGIN = 13;
/* A small graph is not blown up: its cards look like those of its neighbours. */
const LARGEST = 0.2;

/** The SVG transform that puts the whole graph into the middle of the frame. */
export function thumbnailFrame(
  layout: { readonly width: number; readonly height: number },
  width: number,
  height: number,
): string {
  const fits = Math.min((width - 2 * MARGIN) / layout.width, (height - 2 * MARGIN) / layout.height);
  const scale = Math.min(fits, LARGEST);
  const x = (width - layout.width * scale) / 2;
  const y = (height - layout.height * scale) / 2;
  return `translate(${round(x)} ${round(y)}) scale(${round(scale)})`;
}

const round = (n: number) => Math.round(n * 10_000) / 10_000;
