/** A dataset that Lookalike has exported, sent to become a new dataset. */
export interface BundleUpload {
  readonly file: File;
  /** Name of the new dataset. */
  readonly name: string;
  /** How much of it is there, 0 to 1. */
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

export type BundleAnswer =
  { readonly datasetId: string } | { readonly code: string; readonly message: string };

/** The one request that is not GraphQL: gigabytes that are streamed, with progress, which `fetch` lacks. */
export function sendBundle({
  file,
  name,
  onProgress,
  signal,
}: BundleUpload): Promise<BundleAnswer> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/bundles?name=${encodeURIComponent(name)}`);
    request.setRequestHeader('content-type', 'application/zip');
    request.setRequestHeader('apollo-require-preflight', 'true');
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => resolve(answerOf(request.status, request.responseText));
    request.onerror = () =>
      resolve({
        code: 'SERVER_UNREACHABLE',
        message: 'The connection broke off. Check that the server is running, and send it again.',
      });
    request.onabort = () => resolve({ code: 'STOPPED', message: 'The upload was stopped.' });
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

/** The answer of the server to a bundle, or what it said went wrong. */
export function answerOf(status: number, text: string): BundleAnswer {
  const body = parsed(text);
  const datasetId = body['datasetId'];
  if (status < 300 && (typeof datasetId === 'string' || typeof datasetId === 'number')) {
    return { datasetId: String(datasetId) };
  }
  const { code, message } = body;
  if (typeof code === 'string' && typeof message === 'string') return { code, message };
  return {
    code: 'INTERNAL',
    message: `The server answered ${status} and did not say why. Its log may have the cause.`,
  };
}

function parsed(text: string): Record<string, unknown> {
  try {
    return recordOf(JSON.parse(text));
  } catch {
    return {};
  }
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
