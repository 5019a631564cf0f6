/** Keys of ours, what follows `Bearer`, and the cookies of sessions, by what comes before them. */
const SECRETS = /(\blk_|\bBearer +|\blookalike-\d{1,5}=)[\w-]{8,}/gi;

/**
 * The same text without what lets anybody in. No line is meant to hold any: this is for the one that does, for
 * somebody has put a key where none belongs, into an address say.
 * @param own a secret that does not look like one of ours
 */
export function withoutSecrets(text: string, own: string | null = null): string {
  const rest = text.replace(SECRETS, '$1***');
  return own === null ? rest : rest.replaceAll(own, '***');
}
