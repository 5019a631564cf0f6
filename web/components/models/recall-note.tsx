import { formatCount } from '../../lib/format';
import { formatMicroseconds, formatRecall, recallWords } from '../../lib/recall-words';
import { RecallChart } from '../charts/recall-chart';
import type { ShownModel } from './model-page';

/** How many candidates a search looks at, and why so many. */
export function RecallNote({ index }: { index: ShownModel['indexes'][number] }) {
  const { recallCurve: curve, recallTarget: target, efSearch } = index;
  return (
    <div className="mt-4 flex flex-col gap-2">
      <h4 className="text-sm font-medium">Recall at 10</h4>
      <p className="text-sm text-muted">{recallWords(index)}</p>
      {curve.length > 0 && (
        <>
          <RecallChart points={curve} target={target} chosenEf={efSearch} />
          <details className="text-sm">
            <summary className="cursor-pointer text-muted">The numbers</summary>
            <table className="mt-1 w-full max-w-64 text-right tabular-nums">
              <thead className="text-xs text-muted">
                <tr>
                  <th className="font-normal">ef</th>
                  <th className="font-normal">recall</th>
                  <th className="font-normal">a search</th>
                </tr>
              </thead>
              <tbody>
                {curve.map(({ ef, recall, microseconds }) => (
                  <tr key={ef} className={ef === efSearch ? 'font-semibold' : ''}>
                    <td>{formatCount(ef)}</td>
                    <td>{formatRecall(recall)}</td>
                    <td>{formatMicroseconds(microseconds)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        </>
      )}
    </div>
  );
}
