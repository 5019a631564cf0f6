import { formatCount, formatNumberOf } from '../../lib/format';
import type { ImportPlan } from '../../lib/import-plan';
import { Bar } from '../elements/progress-bar';

const SHOWN = 12;

/** Which labels come out, the most frequent first. */
export function LabelPreview({ plan }: { plan: ImportPlan }) {
  const { labels, unlabelledCount } = plan;
  const largest = labels[0]?.[1] ?? 1;
  const more = labels.length - SHOWN;
  return (
    <section aria-label="Labels that come out" className="min-w-0 text-sm">
      <h3 className="font-medium">
        {labels.length === 0 ? 'No labels come out' : formatNumberOf(labels.length, 'label')}
      </h3>
      <p className="mt-0.5 mb-3 text-xs text-muted">
        {labels.length === 0
          ? 'The pictures lie in no folders below the chosen one. They can be searched without labels all the same.'
          : unlabelledCount === 0
            ? 'Every picture bears one.'
            : `${formatNumberOf(unlabelledCount, 'picture')} without one.`}
      </p>
      {labels.length > 0 && (
        <table className="w-full table-fixed">
          <caption className="sr-only">Pictures by label</caption>
          <tbody>
            {labels.slice(0, SHOWN).map(([label, count]) => (
              <tr key={label} data-testid="label-preview">
                <th
                  scope="row"
                  className="w-2/5 truncate py-1 pr-3 text-left font-normal"
                  title={label}
                >
                  {label}
                </th>
                <td className="py-1">
                  <span className="flex items-center gap-2">
                    <span className="h-3 min-w-0 flex-1 overflow-hidden rounded-sm">
                      <Bar share={count / largest} />
                    </span>
                    <span className="w-14 shrink-0 text-right">{formatCount(count)}</span>
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {more > 0 && (
        <p className="mt-2 text-xs text-muted">and {formatNumberOf(more, 'further label')}</p>
      )}
    </section>
  );
}
