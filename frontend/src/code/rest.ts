/** Does something when nothing happened for a while. */
export interface Rest {
  readonly later: (milliseconds: number) => void;
  readonly now: () => void;
  /** Does it at once if it is still to be done. */
  readonly flush: () => void;
  readonly drop: () => void;
}

export function makeRest(act: () => void): Rest {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const drop = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const now = () => {
    drop();
    act();
  };
  return {
    drop,
    now,
    later: (milliseconds) => {
      drop();
      timer = setTimeout(now, milliseconds);
    },
    flush: () => {
      if (timer !== null) now();
    },
  };
}
