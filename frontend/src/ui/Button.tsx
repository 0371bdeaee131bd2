import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import { Link, type LinkProps } from "react-router";
import { Icon, type IconName } from "./icons.tsx";
import styles from "./Button.module.css";

type Kind = "ordinary" | "primary" | "quiet" | "danger" | "danger-solid";

interface Looks {
  /** Primary is ink and stands once in a view; solid red only in the dialog that asks again. */
  kind?: Kind;
  small?: boolean;
  icon?: IconName;
  /** Stands after the word, as the arrow of a menu. */
  iconAfter?: IconName;
}

interface ButtonProps extends Looks, ButtonHTMLAttributes<HTMLButtonElement> {
  /** While it works its icon turns, this word stands in for its own, and the width stays. */
  busy?: string | false;
  ref?: Ref<HTMLButtonElement>;
  children: ReactNode;
}

/** A button that says what it does. */
export function Button({ kind, small, icon, iconAfter, busy, children, disabled, ...rest }: ButtonProps) {
  const working = typeof busy === "string";
  return (
    <button
      type="button"
      {...rest}
      className={look({ kind, small }, rest.className)}
      disabled={disabled || working}
      aria-busy={working || undefined}
    >
      {working ? (
        <span className={styles.stack}>
          <span className={styles.working}>
            <Icon name="loader-circle" size="s" className="turns" />
            {busy}
          </span>
          <span className={styles.kept} aria-hidden="true">
            {icon && <Icon name={icon} size="s" />}
            {children}
          </span>
        </span>
      ) : (
        <>
          {icon && <Icon name={icon} size="s" />}
          {children}
          {iconAfter && <Icon name={iconAfter} size="s" />}
        </>
      )}
    </button>
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon: IconName;
  /** Name for a screen reader and, with the keys, the title. */
  label: string;
  keys?: string;
  pressed?: boolean;
  small?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

/** A quiet square button with an icon; its label is its title too. */
export function IconButton({ icon, label, keys, pressed, small, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={keys === undefined ? label : `${label} (${keys})`}
      aria-pressed={pressed}
      {...rest}
      className={[styles.iconButton, small && styles.iconSmall, className].filter(Boolean).join(" ")}
    >
      <Icon name={icon} size={small ? "s" : "m"} />
    </button>
  );
}

/** A link that looks like a button, because it goes somewhere. */
export function ButtonLink({ kind, small, icon, children, className, ...rest }: Looks & LinkProps) {
  return (
    <Link {...rest} className={look({ kind, small }, className)}>
      {icon && <Icon name={icon} size="s" />}
      {children}
    </Link>
  );
}

function look({ kind = "ordinary", small }: Looks, more?: string): string {
  return [styles.button, styles[kind], small && styles.small, more].filter(Boolean).join(" ");
}
