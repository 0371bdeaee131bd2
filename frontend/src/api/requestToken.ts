/** A word that nobody had before, by which the server knows a request that comes twice; 128 random bits. */
export function requestToken(): string {
  // Not `randomUUID`, which pages have over https only.
  return [...crypto.getRandomValues(new Uint32Array(4))].map((each) => each.toString(16)).join("-");
}
