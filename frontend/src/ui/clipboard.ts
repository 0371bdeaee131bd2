/** Puts a text on the clipboard; false where the browser does not let a page do so. */
export async function copyText(text: string): Promise<boolean> {
  try {
    // eslint-disable-next-line no-restricted-properties -- what follows is done without it
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Over plain http from another machine a page has no clipboard of its own, but may answer a copy command.
    return answerCopy(text);
  }
}

function answerCopy(text: string): boolean {
  let answered = false;
  const answer = (event: ClipboardEvent) => {
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
    event.stopImmediatePropagation();
    answered = true;
  };
  // Before anybody else who answers a copy, such as the canvas.
  window.addEventListener("copy", answer, { capture: true });
  try {
    // Out of use wherever there is https, and the only way where there is none.
    return document.execCommand("copy") && answered;
  } finally {
    window.removeEventListener("copy", answer, { capture: true });
  }
}
