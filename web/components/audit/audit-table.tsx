import { formatDateTime } from '../../lib/format';
import { StateLink } from '../elements/state-link';
import type { ListedEntry } from './audit-documents';

const COLUMNS = ['When', 'Who', 'From', 'What', 'To what', 'Outcome'];

/** One row for each entry; who and what lead to more of the same. */
export function AuditTable({
  entries,
  isBusy,
  hrefOf,
}: {
  entries: readonly ListedEntry[];
  isBusy: boolean;
  hrefOf: (filter: Record<string, string>) => string;
}) {
  return (
    <div className="card overflow-x-auto" aria-busy={isBusy}>
      <table className="w-full text-left text-sm">
        <caption className="sr-only">Audit log, newest first</caption>
        <thead className="text-muted">
          <tr>
            {COLUMNS.map((title) => (
              <th key={title} scope="col" className="py-1.5 pr-4 font-normal">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map(({ id, at, caller, address, action, subject, outcome }) => (
            <tr key={id} data-testid="audit-entry" className="border-t border-line align-top">
              <td className="py-1.5 pr-4 whitespace-nowrap">
                <time dateTime={at}>{formatDateTime(at)}</time>
              </td>
              <td className="py-1.5 pr-4">
                <StateLink className="link" href={hrefOf({ caller })}>
                  {caller}
                </StateLink>
              </td>
              <td className="py-1.5 pr-4 whitespace-nowrap text-muted">{address || 'here'}</td>
              <td className="py-1.5 pr-4">
                <StateLink className="link" href={hrefOf({ action })}>
                  {action}
                </StateLink>
              </td>
              <td className="max-w-md py-1.5 pr-4 break-words">{subject}</td>
              <td className={`py-1.5 ${outcome === 'OK' ? 'text-muted' : 'text-danger'}`}>
                {outcome}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
