import type { QueryLanguage } from "@/asl/types.ts";
import { tokensOf } from "@/asl/expressionTokens.ts";
import styles from "./ExpressionInput.module.css";

/* Beyond this the text stays plain: it is coloured anew with each key. */
const COLOURED_UP_TO = 8_000;

/** An expression in colours. */
export function ExpressionText({ value, language }: { value: string; language: QueryLanguage }) {
  if (value.length > COLOURED_UP_TO) return value;
  return tokensOf(value, language).map((token, index) =>
    token.kind === "plain" ? (
      token.text
    ) : (
      <span key={index} className={styles[token.kind]}>
        {token.text}
      </span>
    ),
  );
}
