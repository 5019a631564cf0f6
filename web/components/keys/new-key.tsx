'use client';

import { useId, useState, type SubmitEvent } from 'react';
import { useMutation } from 'urql';
import type { Role } from '../../gql/graphql';
import { Button } from '../elements/button';
import { ErrorNote } from '../elements/error-note';
import { Section } from '../elements/section';
import { useOverview } from '../shell/overview';
import { CreateKeyDocument } from './key-documents';

export interface MadeKey {
  readonly name: string;
  readonly secret: string;
}

export const ROLE_WORDS: Record<Role, string> = {
  SEARCH: 'Look and search',
  CONTRIBUTE: 'Also add, describe and delete pictures',
  ADMIN: 'Also train, choose models, delete datasets',
};

const ROLES = Object.keys(ROLE_WORDS) as Role[];
const DAY_MS = 86_400_000;
const LASTING = [
  { days: 30, words: '30 days' },
  { days: 90, words: '90 days' },
  { days: 365, words: 'a year' },
  { days: 0, words: 'until it is revoked' },
] as const;

/** What is to be known of a key before it is made. */
export function NewKey({ onMade }: { onMade: (made: MadeKey) => void }) {
  const id = useId();
  const { datasets } = useOverview();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('SEARCH');
  const [days, setDays] = useState<number>(LASTING[1].days);
  const [datasetIds, setDatasetIds] = useState<readonly string[]>([]);
  const [{ fetching, error }, createKey] = useMutation(CreateKeyDocument);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const expiresAt = days === 0 ? null : new Date(Date.now() + days * DAY_MS).toISOString();
    const scope = datasetIds.length === 0 ? null : [...datasetIds];
    const { data } = await createKey({ input: { name, role, expiresAt, datasetIds: scope } });
    if (!data) return;
    setName('');
    onMade({ name: data.createAccessKey.key.name, secret: data.createAccessKey.secret });
  };
  const toggle = (datasetId: string, isWanted: boolean) =>
    setDatasetIds((ids) =>
      isWanted ? [...ids, datasetId] : ids.filter((each) => each !== datasetId),
    );

  return (
    <Section title="New key">
      <form
        noValidate
        onSubmit={(event) => void submit(event)}
        className="flex max-w-xl flex-col gap-3 text-sm"
      >
        <label htmlFor={`${id}-name`} className="flex flex-col gap-1">
          Name
          <input
            id={`${id}-name`}
            className="field"
            autoComplete="off"
            maxLength={100}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
          <span className="text-muted">Who or what gets it: shop window, Anna.</span>
        </label>
        <label className="flex flex-col gap-1">
          Role
          <select
            className="field"
            value={role}
            onChange={({ target }) => setRole(target.value as Role)}
          >
            {ROLES.map((each) => (
              <option key={each} value={each}>
                {each} – {ROLE_WORDS[each]}
              </option>
            ))}
          </select>
        </label>
        <label className="flex flex-col gap-1">
          Good for
          <select
            className="field"
            value={days}
            onChange={({ target }) => setDays(Number(target.value))}
          >
            {LASTING.map((each) => (
              <option key={each.days} value={each.days}>
                {each.words}
              </option>
            ))}
          </select>
        </label>
        <fieldset className="flex flex-col gap-1">
          <legend>Only these datasets</legend>
          <span className="text-muted">None chosen: all, also those to come.</span>
          {datasets.map((dataset) => (
            <label key={dataset.id} className="flex items-center gap-2">
              <input
                type="checkbox"
                checked={datasetIds.includes(dataset.id)}
                onChange={({ target }) => toggle(dataset.id, target.checked)}
              />
              {dataset.title}
            </label>
          ))}
        </fieldset>
        {error && <ErrorNote error={error} />}
        <div>
          <Button type="submit" look="primary" disabled={fetching || name.trim() === ''}>
            {fetching ? 'Making …' : 'Make the key'}
          </Button>
        </div>
      </form>
    </Section>
  );
}
