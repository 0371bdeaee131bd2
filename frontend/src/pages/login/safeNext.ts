/** Where to go after signing in: an address of this server, never another's. */
export function safeNext(next: string | null): string {
  if (next === null || !/^\/(?![/\\])/.test(next) || next.startsWith("/login")) return "/workflows";
  return next;
}
