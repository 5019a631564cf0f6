'use client';

import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql';
import { formatHyperparameter } from '../../lib/format';

const HyperparameterTitlesDocument = graphql(`
  query HyperparameterTitles($name: String!) {
    architecture(name: $name) {
      name
      hyperparameters {
        name
        title
        description
        default
      }
    }
  }
`);

/** What a run was started with; what differs from the defaults is marked. */
export function Hyperparameters({
  architecture,
  values,
}: {
  architecture: string;
  values: readonly { name: string; value: number }[];
}) {
  const [{ data }] = useQuery({
    query: HyperparameterTitlesDocument,
    variables: { name: architecture },
    requestPolicy: 'cache-first',
  });
  const specs = new Map(data?.architecture.hyperparameters.map((spec) => [spec.name, spec]));
  return (
    <dl className="grid grid-cols-[minmax(0,1fr)_max-content] gap-x-4 gap-y-1.5 text-sm">
      {values.map(({ name, value }) => {
        const spec = specs.get(name);
        const differs = spec !== undefined && spec.default !== value;
        return (
          <div key={name} className="contents" title={spec?.description}>
            <dt className="text-muted">{spec?.title ?? name}</dt>
            <dd className={`text-right ${differs ? 'font-semibold' : ''}`}>
              {formatHyperparameter(name, value)}
              {differs && (
                <span className="ml-2 text-xs font-normal text-muted">
                  default {formatHyperparameter(name, spec.default)}
                </span>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
