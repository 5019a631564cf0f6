/** Makes secrets, and what they are known by without being known. */
export interface Secrets {
  /** 256 random bits, in letters that need no escape in a URL, a header or a cookie. */
  create(): string;
  /** The same for the same secret; nobody finds the secret to a hash. */
  hash(secret: string): string;
}
