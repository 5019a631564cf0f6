'use client';

import { useState } from 'react';
import { formatCount } from '../../lib/format';
import type { ImportRefusal } from '../../lib/import-files';
import { Button } from '../elements/button';

const PAGE_SIZE = 50;

/** Refused files, one a line, page by page: there can be thousands. */
export function RefusalTable({ refusals }: { refusals: readonly ImportRefusal[] }) {
  const [wanted, setPage] = useState(0);
  const pages = Math.max(1, Math.ceil(refusals.length / PAGE_SIZE));
  const page = Math.min(wanted, pages - 1);
  return (
    <>
      <RefusalRows refusals={refusals.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE)} />
      {pages > 1 && (
        <nav
          aria-label="Pages of refused files"
          className="mt-3 flex flex-wrap items-center justify-between gap-2 text-sm"
        >
          <Button disabled={page === 0} onClick={() => setPage(page - 1)}>
            <span aria-hidden>←</span> Previous
          </Button>
          <span className="text-muted">
            Page {formatCount(page + 1)} of {formatCount(pages)}
          </span>
          <Button disabled={page === pages - 1} onClick={() => setPage(page + 1)}>
            Next <span aria-hidden>→</span>
          </Button>
        </nav>
      )}
    </>
  );
}

export function RefusalRows({ refusals }: { refusals: readonly ImportRefusal[] }) {
  return (
    <div className="overflow-x-auto" tabIndex={0} role="group" aria-label="Refused files">
      <table className="w-full min-w-[34rem] text-sm">
        <thead>
          <tr className="text-left text-muted">
            <th scope="col" className="pb-2 font-normal">
              File
            </th>
            <th scope="col" className="pb-2 pl-4 font-normal">
              Why
            </th>
          </tr>
        </thead>
        <tbody>
          {refusals.map(({ name, code, message }, place) => (
            <tr
              key={`${place} ${name}`}
              data-testid="refusal"
              className="border-t border-line align-top"
            >
              <th scope="row" className="max-w-64 py-1.5 text-left font-normal break-all">
                {name}
              </th>
              <td className="py-1.5 pl-4 break-words">
                {message} <code className="text-xs text-muted">{code}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
