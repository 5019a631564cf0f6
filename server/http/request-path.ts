/** The path of a request's URL. Never throws: what a client sends need not be a URL at all. */
export function pathOf(url: string | undefined): string {
  return (url ?? '/').split(/[?#]/, 1)[0] ?? '/';
}
