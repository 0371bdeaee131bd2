import styles from "./Avatar.module.css";

/** A person's initials; the full name is the title. */
export function Avatar({ name, initials, small }: { name: string; initials: string; small?: boolean }) {
  return (
    <span className={small ? `${styles.avatar} ${styles.small}` : styles.avatar} title={name}>
      <span aria-hidden="true">{initials}</span>
      <span className="sr">{name}</span>
    </span>
  );
}
