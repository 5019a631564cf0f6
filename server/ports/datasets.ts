import type { Dataset, LabelCount, Refusal } from '../domain/dataset.js';

export type ImportState = Partial<
  Pick<Dataset, 'status' | 'importedCount' | 'expectedCount' | 'importError'>
>;

/** Which labels to count: those that contain a text, whatever its case; null counts all. */
export interface LabelWindow {
  readonly containing: string | null;
  readonly limit: number;
}

/** The table of datasets. */
export interface Datasets {
  /** Whether no dataset has ever been created here, not even one that is deleted by now. */
  isUntouched(): Promise<boolean>;
  list(): Promise<Dataset[]>;
  byId(id: number): Promise<Dataset | null>;
  /** As `byId`, where that takes no waiting; null where it has to be looked up. */
  known(id: number): Dataset | null;
  byName(name: string): Promise<Dataset | null>;
  /** Creates it READY and empty; null when another one bears the name. */
  create(name: string, title: string): Promise<Dataset | null>;
  /** Creates it with status IMPORTING and no images; the one that bears the name if there is one. */
  findOrCreate(name: string, title: string): Promise<Dataset>;
  setImportState(id: number, state: ImportState): Promise<void>;
  /** Sets `importedCount` to the number of its images. @returns that number */
  recount(id: number): Promise<number>;
  setFirstRunQueued(id: number): Promise<void>;
  /** Ordered by split, then label. */
  labelCounts(id: number, window?: LabelWindow): Promise<LabelCount[]>;
  /** How many different labels its images bear. */
  countLabels(id: number): Promise<number>;
  /** Notes what an import refused; a name that is there already is told anew. */
  putRefusals(id: number, refusals: readonly Omit<Refusal, 'at'>[]): Promise<void>;
  /** Ordered by name, from after the given one. */
  refusals(id: number, afterName: string | null, limit: number): Promise<Refusal[]>;
  countRefusals(id: number): Promise<number>;
  /** Forgets these refusals, or all of them. */
  clearRefusals(id: number, names: readonly string[] | null): Promise<void>;
  /**
   * Forgets a dataset that has no images left, with its runs, models and refusals, all at once.
   * @returns the blobs and index ids that belonged to them
   */
  delete(id: number): Promise<{ readonly blobIds: string[]; readonly indexIds: string[] }>;
}
