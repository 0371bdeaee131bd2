import { useEffect, useRef, useState } from "react";

/**
 * A text that somebody types and that is held elsewhere, as in the address, which follows when it can: letters
 * that are typed fast would be lost if the field waited for it. What changes there by itself comes into the field.
 */
export function useTyped(held: string): [string, (text: string) => void] {
  const [text, setText] = useState(held);
  // What was typed and has not come back yet, the oldest first.
  const told = useRef<string[]>([]);
  // In an effect, since only what is on the screen counts: the address is rendered ahead and may be given up.
  useEffect(() => {
    const echo = told.current.indexOf(held);
    // Letters between may have been left out on the way.
    told.current = echo < 0 ? [] : told.current.slice(echo + 1);
    if (echo < 0) setText(held);
  }, [held]);
  const type = (next: string) => {
    told.current.push(next);
    setText(next);
  };
  return [text, type];
}
