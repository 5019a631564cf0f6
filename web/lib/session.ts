/** The session of this browser: its token is in a cookie that no script sees. */

const LOGIN = '/login';

export interface Who {
  readonly name: string;
  readonly role: 'SEARCH' | 'CONTRIBUTE' | 'ADMIN';
  /** Whether nobody is logged in, and everybody may search. */
  readonly isAnonymous: boolean;
}

/** Who is logged in; null where nobody is, or the server does not answer. */
export async function whoIsThere(): Promise<Who | null> {
  try {
    const response = await fetch('/session', { cache: 'no-store' });
    return response.ok ? ((await response.json()) as Who) : null;
  } catch {
    return null;
  }
}

/** Logs in with a key. @returns what is wrong; null when all is well */
export async function logIn(key: string): Promise<string | null> {
  try {
    const response = await fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key }),
    });
    if (response.ok) return null;
    const { message } = (await response.json()) as { message?: unknown };
    return typeof message === 'string' ? message : `The server answered ${response.status}.`;
  } catch {
    return 'The server does not answer. Check that it is running.';
  }
}

export async function logOut(): Promise<void> {
  await fetch('/session', { method: 'DELETE' });
  window.location.assign(LOGIN);
}

/** As `fetch`; where the session has ended, it goes to the login, which leads back here. */
export async function fetchOrLogIn(
  input: RequestInfo | URL,
  init?: RequestInit,
): Promise<Response> {
  const response = await fetch(input, init);
  if (response.status === 401) goToLogIn();
  return response;
}

export function isLoginPage(path: string): boolean {
  return path === LOGIN;
}

export function loginAddress(path: string): string {
  return `${LOGIN}?return=${encodeURIComponent(path)}`;
}

/** The page to go to after the login: one of this console, whatever the address says. */
export function returnAddress(search: string, origin: string): string {
  const wanted = new URLSearchParams(search).get('return') ?? '/';
  const url = URL.canParse(wanted, origin) ? new URL(wanted, origin) : null;
  // A path that begins with two slashes is another host's address.
  if (url?.origin !== origin || url.pathname.startsWith('//')) return '/';
  if (isLoginPage(url.pathname)) return '/';
  return url.pathname + url.search + url.hash;
}

function goToLogIn(): void {
  const { pathname, search } = window.location;
  if (!isLoginPage(pathname)) window.location.assign(loginAddress(pathname + search));
}
