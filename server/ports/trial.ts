/** Whether something that must be there for a server to do its work is there. */
export interface Trial {
  /** Tries it, and leaves nothing behind. @throws Error that says what is in the way */
  try(): Promise<void>;
}
