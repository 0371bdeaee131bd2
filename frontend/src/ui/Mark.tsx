/** The mark: a box with an amber and a green lamp. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 22 22" aria-hidden="true">
      <rect x="4" y="1" width="14" height="20" rx="4" fill="var(--brand-box)" />
      <circle cx="11" cy="7" r="3.4" fill="var(--brand-amber)" />
      <circle cx="11" cy="15" r="3.4" fill="var(--brand-green)" />
    </svg>
  );
}
