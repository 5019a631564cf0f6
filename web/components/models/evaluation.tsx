import { ConfusionMap } from './confusion-map';
import { EvaluationNumbers } from './evaluation-numbers';
import { LabelScores } from './label-scores';
import type { ShownModel } from './model-page';
import { WorstQueries } from './worst-queries';

export type EvaluationDetails = NonNullable<ShownModel['evaluation']['details']>;

/** How good the model is: in numbers, by label, and by its worst answers. */
export function Evaluation({ model }: { model: ShownModel }) {
  const { details } = model.evaluation;
  const datasetId = model.dataset.id;
  return (
    <>
      <EvaluationNumbers model={model} />
      {details?.scores && (
        <>
          <LabelScores details={details} datasetId={datasetId} />
          <ConfusionMap details={details} datasetId={datasetId} />
          <WorstQueries model={model} />
        </>
      )}
    </>
  );
}
