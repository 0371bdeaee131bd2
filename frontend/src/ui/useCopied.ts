import { useEffect, useState } from "react";

import { copyText } from "./clipboard.ts";
import { toast } from "./Toast.tsx";

const SAID_FOR = 2000;

/** Copies a text, and whether it was just done. */
export function useCopied(): { copied: boolean; copy: (text: string) => Promise<void> } {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SAID_FOR);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async (text: string) => {
    const done = await copyText(text);
    setCopied(done);
    if (!done)
      toast({
        title: "It was not copied",
        text: "This browser lets no page copy without https.",
        tone: "error",
      });
  };
  return { copied, copy };
}
