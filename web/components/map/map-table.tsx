import Link from 'next/link';
import { formatCount, formatPercent } from '../../lib/format';
import {
  labelName,
  NO_LABEL,
  OTHER_LABEL,
  type labelCounts,
  type MapPoints,
} from '../../lib/map-points';
import { addressWith } from '../../lib/url-state';

/** What the map shows, for who cannot see it: how many images bear each label, and where they are. */
export function MapTable({
  points,
  counts,
  datasetId,
}: {
  points: MapPoints;
  counts: ReturnType<typeof labelCounts>;
  datasetId: string;
}) {
  return (
    <details className="text-sm">
      <summary className="w-fit text-muted">The points as a table</summary>
      <table className="mt-2 w-full max-w-xl">
        <caption className="sr-only">Images on the map by label</caption>
        <thead className="text-left text-xs text-muted">
          <tr>
            <th scope="col" className="py-1 pr-4 font-normal">
              Label
            </th>
            <th scope="col" className="py-1 pr-4 text-right font-normal">
              Images
            </th>
            <th scope="col" className="py-1 text-right font-normal">
              Share
            </th>
          </tr>
        </thead>
        <tbody>
          {counts.map(({ label, count }) => (
            <tr key={label} className="border-t border-line">
              <th scope="row" className="max-w-72 truncate py-1 pr-4 text-left font-normal">
                {label === NO_LABEL || label === OTHER_LABEL ? (
                  labelName(points.names, label)
                ) : (
                  <Link
                    className="link"
                    prefetch={false}
                    href={addressWith('/dataset', '', {
                      dataset: datasetId,
                      label: labelName(points.names, label),
                    })}
                  >
                    {labelName(points.names, label)}
                  </Link>
                )}
              </th>
              <td className="py-1 pr-4 text-right">{formatCount(count)}</td>
              <td className="py-1 text-right">{formatPercent(count / points.count, 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
