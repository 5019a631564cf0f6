/** What is announced. An event only says that something changed: the rows are the truth. */
export interface Topics {
  readonly trainingRunChanged: { readonly runId: number };
}

export interface Events {
  publish<T extends keyof Topics>(topic: T, payload: Topics[T]): void;
  /** Everything published from the call on, until the consumer stops. */
  subscribe<T extends keyof Topics>(topic: T): AsyncIterableIterator<Topics[T]>;
}
