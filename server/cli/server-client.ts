import { setTimeout as wait } from 'node:timers/promises';
import { reasonOf } from '../domain/errors.js';
import type { MetadataEntry } from '../domain/image.js';
import type { Split } from '../domain/dataset.js';

/** A picture on its way to the server. */
export interface OutgoingPicture {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly label: string | null;
  readonly split: Split | null;
  readonly metadata: readonly MetadataEntry[];
}

/** What the server made of it. */
export interface Answer {
  readonly outcome: 'ADDED' | 'UPDATED' | 'UNCHANGED' | 'REFUSED';
  readonly refusal: { readonly code: string; readonly message: string } | null;
}

/** The server answered, and not as was hoped. */
export class ServerRefused extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** No answer came that could be understood. */
export class NoAnswer extends Error {}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5000;
/** A server that is started anew is back within this. */
const PATIENCE_MS = 300_000;
const PASSING = ['EMBEDDER_CRASHED', 'EMBEDDER_TIMEOUT', 'REQUEST_INVALID'];
const PASSING_ATTEMPTS = 3;

const ADD = `mutation ($datasetId: ID!, $images: [NewImageInput!]!) {
  addImages(datasetId: $datasetId, images: $images) { outcome refusal { code message } } }`;

/** A running server, over its API. */
export class ServerClient {
  constructor(
    private readonly url: string,
    /** Null for what anybody may do. */
    private readonly key: string | null,
    private readonly onWaiting: (why: string) => void,
  ) {}

  /**
   * The id of the dataset of this name, which is created if there is none.
   * @throws NoAnswer, ServerRefused
   */
  async datasetId(name: string, title: string | null): Promise<string> {
    const { datasets } = await this.ask<{ datasets: { id: string; name: string }[] }>(
      '{ datasets { id name } }',
    );
    const present = datasets.find((dataset) => dataset.name === name);
    if (present) return present.id;
    const { createDataset } = await this.ask<{ createDataset: { id: string } }>(
      `mutation ($name: String!, $title: String) { createDataset(name: $name, title: $title) { id } }`,
      { name, title },
    );
    return createDataset.id;
  }

  /**
   * Adds pictures; does it again while the server is away. One answer each, in order.
   * @throws NoAnswer when it stays away, ServerRefused
   */
  async add(datasetId: string, pictures: readonly OutgoingPicture[]): Promise<readonly Answer[]> {
    const givesUpAt = Date.now() + PATIENCE_MS;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const form = formOf(datasetId, pictures);
        const { addImages } = await this.send<{ addImages: Answer[] }>(form, {
          'apollo-require-preflight': 'true',
        });
        return addImages;
      } catch (thrown) {
        const isPassing =
          thrown instanceof ServerRefused
            ? PASSING.includes(thrown.code) && attempt < PASSING_ATTEMPTS
            : thrown instanceof NoAnswer && Date.now() < givesUpAt;
        if (!isPassing) throw thrown;
        this.onWaiting(reasonOf(thrown));
        await wait(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1)));
      }
    }
  }

  private ask<T>(query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<T> {
    const body = JSON.stringify({ query, variables });
    return this.send<T>(body, { 'content-type': 'application/json' });
  }

  private async send<T>(body: string | FormData, headers: Record<string, string>): Promise<T> {
    const { data, errors } = await this.answerTo(body, headers);
    const [error] = errors ?? [];
    if (error) throw new ServerRefused(error.extensions?.code ?? 'INTERNAL', error.message);
    if (data === null || data === undefined) throw new NoAnswer('the answer holds no data');
    return data as T;
  }

  private async answerTo(body: string | FormData, headers: Record<string, string>) {
    try {
      const response = await fetch(`${this.url}/graphql`, {
        ...{ method: 'POST', body },
        headers: this.key === null ? headers : { ...headers, authorization: `Bearer ${this.key}` },
      });
      return (await response.json()) as {
        data?: unknown;
        errors?: { message: string; extensions?: { code?: string } }[];
      };
    } catch (thrown) {
      const cause = thrown instanceof Error ? thrown.cause : undefined;
      throw new NoAnswer(reasonOf(cause ?? thrown), { cause: thrown });
    }
  }
}

/** As the GraphQL multipart request specification says. */
function formOf(datasetId: string, pictures: readonly OutgoingPicture[]): FormData {
  const images = pictures.map(({ bytes: _, ...words }) => ({ ...words, file: null }));
  const paths = pictures.map((_, at) => [String(at), [`variables.images.${at}.file`]]);
  const form = new FormData();
  form.set('operations', JSON.stringify({ query: ADD, variables: { datasetId, images } }));
  form.set('map', JSON.stringify(Object.fromEntries(paths)));
  pictures.forEach(({ bytes }, at) => {
    form.set(String(at), new Blob([bytes as Uint8Array<ArrayBuffer>]), 'picture');
  });
  return form;
}
