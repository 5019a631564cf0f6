import type { Dataset, LabelCount } from '../domain/dataset.js';

export type ImportState = Partial<
  Pick<Dataset, 'status' | 'importedCount' | 'expectedCount' | 'importError'>
>;

/** The table of datasets. */
export interface Datasets {
  list(): Promise<Dataset[]>;
  byId(id: number): Promise<Dataset | null>;
  byName(name: string): Promise<Dataset | null>;
  /** Creates it with status IMPORTING and no images; the one that bears the name if there is one. */
  findOrCreate(name: string, title: string): Promise<Dataset>;
  setImportState(id: number, state: ImportState): Promise<void>;
  /** Makes the model the one that answers searches: one write. False if it is gone. */
  activateModel(id: number, modelId: number): Promise<boolean>;
  setFirstRunQueued(id: number): Promise<void>;
  /** Ordered by split, then label. */
  labelCounts(id: number): Promise<LabelCount[]>;
}
