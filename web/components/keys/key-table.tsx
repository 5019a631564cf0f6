'use client';

import { useState } from 'react';
import { useMutation } from 'urql';
import { formatDateTime } from '../../lib/format';
import { Badge } from '../elements/badge';
import { ConfirmDialog } from '../elements/confirm-dialog';
import { ErrorNote } from '../elements/error-note';
import { Section } from '../elements/section';
import { useOverview } from '../shell/overview';
import { RevokeKeyDocument, type ListedKey } from './key-documents';

/** Every key there is or was, newest first. */
export function KeyTable({
  keys,
  onRevoked,
}: {
  keys: readonly ListedKey[];
  onRevoked: () => void;
}) {
  const [revoking, setRevoking] = useState<ListedKey | null>(null);
  return (
    <Section title="Keys">
      <div className="overflow-x-auto">
        <table className="w-full text-left text-sm">
          <thead className="text-muted">
            <tr>
              {['Name', 'Role', 'Datasets', 'Made', 'Last used', 'State'].map((title) => (
                <th key={title} scope="col" className="py-1.5 pr-4 font-normal">
                  {title}
                </th>
              ))}
              <th scope="col">
                <span className="sr-only">Revoke</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {keys.map((key) => (
              <KeyRow key={key.id} accessKey={key} onRevoke={() => setRevoking(key)} />
            ))}
          </tbody>
        </table>
      </div>
      {revoking && (
        <RevokeDialog
          accessKey={revoking}
          onClose={() => setRevoking(null)}
          onRevoked={() => {
            setRevoking(null);
            onRevoked();
          }}
        />
      )}
    </Section>
  );
}

function KeyRow({ accessKey, onRevoke }: { accessKey: ListedKey; onRevoke: () => void }) {
  const { name, role, createdAt, lastUsedAt, revokedAt } = accessKey;
  return (
    <tr className={`border-t border-line ${isGood(accessKey) ? '' : 'text-muted'}`}>
      <th scope="row" className="py-1.5 pr-4 font-medium">
        {name}
      </th>
      <td className="pr-4">{role}</td>
      <td className="pr-4">
        <Scope datasetIds={accessKey.datasetIds ?? null} />
      </td>
      <td className="pr-4 whitespace-nowrap">{formatDateTime(createdAt)}</td>
      <td className="pr-4 whitespace-nowrap">
        {lastUsedAt ? formatDateTime(lastUsedAt) : 'never'}
      </td>
      <td className="pr-4 whitespace-nowrap">
        <Badge>{stateOf(accessKey)}</Badge>
      </td>
      <td className="text-right">
        {!revokedAt && (
          <button
            type="button"
            aria-label={`Revoke ${name}`}
            className="text-danger underline decoration-1 underline-offset-2 hover:decoration-2"
            onClick={onRevoke}
          >
            Revoke …
          </button>
        )}
      </td>
    </tr>
  );
}

function Scope({ datasetIds }: { datasetIds: readonly string[] | null }) {
  const { datasets } = useOverview();
  if (datasetIds === null) return 'all';
  if (datasetIds.length === 0) return 'none any more';
  return datasetIds
    .map((id) => datasets.find((dataset) => dataset.id === id)?.title ?? id)
    .join(', ');
}

function stateOf(key: ListedKey): string {
  if (key.revokedAt) return `revoked ${formatDateTime(key.revokedAt)}`;
  if (!key.expiresAt) return 'good until revoked';
  return `${isGood(key) ? 'good until' : 'expired'} ${formatDateTime(key.expiresAt)}`;
}

function isGood({ revokedAt, expiresAt }: ListedKey): boolean {
  return !revokedAt && (!expiresAt || new Date(expiresAt).getTime() > Date.now());
}

function RevokeDialog({
  accessKey,
  onClose,
  onRevoked,
}: {
  accessKey: ListedKey;
  onClose: () => void;
  onRevoked: () => void;
}) {
  const [{ fetching, error }, revoke] = useMutation(RevokeKeyDocument);
  const confirm = async () => {
    const { error: refused } = await revoke({ id: accessKey.id });
    if (!refused) onRevoked();
  };
  return (
    <ConfirmDialog
      title={`Revoke ${accessKey.name}?`}
      action="Revoke the key"
      busy={fetching}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>
        From now on nobody gets in with it, and whoever is logged in with it is logged out. That
        cannot be taken back.
      </p>
      {accessKey.fromSetting && (
        <p>
          The setting <code>LOOKALIKE_ADMIN_KEY</code> gives it: at the next start it is good again
          unless the setting is changed.
        </p>
      )}
      {error && <ErrorNote error={error} />}
    </ConfirmDialog>
  );
}
