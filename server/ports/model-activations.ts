import type {
  ActivationOutcome,
  MeasuredComparison,
  ModelActivation,
} from '../domain/model-activation.js';

/** Which model of a dataset is active, and which were. */
export interface ModelActivations {
  /**
   * Makes the model the one that answers the searches of its dataset, and notes that, all at once; one
   * that is worse than the active one (`compareModels`) only by force. Nothing happens where it is active
   * already. Null where it is gone.
   * @param measured what holds where their evaluations cannot be compared
   */
  activate(
    modelId: number,
    force: boolean,
    measured?: MeasuredComparison | null,
  ): Promise<ActivationOutcome | null>;
  /** Activates what `modelToRollBackTo` tells. @returns its id; null where there is none */
  rollBack(datasetId: number): Promise<number | null>;
  /** The history of a dataset, newest first. */
  list(datasetId: number): Promise<ModelActivation[]>;
}
