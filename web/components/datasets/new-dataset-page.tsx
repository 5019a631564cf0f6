'use client';

import { useRouter } from 'next/navigation';
import Link from 'next/link';
import { useId, useState, type SubmitEvent } from 'react';
import { useMutation } from 'urql';
import { graphql } from '../../lib/graphql';
import { apiErrorOf } from '../../lib/api-error';
import { chooseDataset } from '../../lib/chosen-dataset';
import { nameFromTitle, nameProblem } from '../../lib/dataset-name';
import { Button } from '../elements/button';
import { ErrorNote } from '../elements/error-note';
import { PageHeader } from '../elements/page-header';
import { useOverview } from '../shell/overview';

const CreateDatasetDocument = graphql(`
  mutation CreateDataset($name: String!, $title: String) {
    createDataset(name: $name, title: $title) {
      id
    }
  }
`);

const NAME_CODES = ['DATASET_NAME_TAKEN', 'DATASET_NAME_INVALID'];

/** A dataset of one's own: a title, and a name that follows from it. */
export function NewDatasetPage() {
  const router = useRouter();
  const { refreshed } = useOverview();
  const [title, setTitle] = useState('');
  const [typedName, setTypedName] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [{ fetching, error }, createDataset] = useMutation(CreateDatasetDocument);
  const name = typedName ?? nameFromTitle(title);
  const told = error ? apiErrorOf(error) : null;
  const aboutName = told !== null && NAME_CODES.includes(told.code);
  const nameTrouble = problem ?? (aboutName ? told.message : null);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const wrong = nameProblem(name);
    setProblem(wrong);
    if (wrong) return;
    const { data } = await createDataset({ name, title: title.trim() || null });
    if (!data) return;
    chooseDataset(data.createDataset.id);
    await refreshed();
    router.push('/dataset/import');
  };

  return (
    <>
      <PageHeader title="New dataset">
        Pictures that belong together and are searched together: products, holiday photos, icons. To
        bring one that was exported elsewhere,{' '}
        <Link className="link" href="/datasets/import">
          import its bundle
        </Link>
        .
      </PageHeader>
      <form noValidate onSubmit={(event) => void submit(event)} className="card max-w-xl">
        <TextField
          label="Title"
          hint="For people; whatever you like."
          value={title}
          maxLength={100}
          autoFocus
          problem={null}
          onType={setTitle}
        />
        <TextField
          label="Name"
          hint="For addresses and programs: lower-case letters, digits and dashes. It stays."
          value={name}
          maxLength={64}
          problem={nameTrouble}
          onType={(text) => {
            setProblem(null);
            // Emptied, it follows the title again.
            setTypedName(text === '' ? null : text);
          }}
        />
        {error && !aboutName && <ErrorNote error={error} />}
        <div className="mt-2 flex flex-wrap gap-2">
          <Button type="submit" look="primary" disabled={fetching}>
            {fetching ? 'Creating …' : 'Create, and import pictures'}
          </Button>
        </div>
      </form>
    </>
  );
}

function TextField({
  label,
  hint,
  value,
  maxLength,
  problem,
  autoFocus,
  onType,
}: {
  label: string;
  hint: string;
  value: string;
  maxLength: number;
  problem: string | null;
  autoFocus?: boolean;
  onType: (text: string) => void;
}) {
  const id = useId();
  return (
    <div className="mb-4 flex flex-col gap-1 text-sm">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <input
        id={id}
        className="field"
        value={value}
        maxLength={maxLength}
        autoFocus={autoFocus}
        autoComplete="off"
        aria-invalid={problem !== null}
        aria-describedby={problem ? `${id}-problem` : `${id}-hint`}
        onChange={({ target }) => onType(target.value)}
      />
      {problem ? (
        <p id={`${id}-problem`} role="alert" className="field-problem">
          {problem}
        </p>
      ) : (
        <p id={`${id}-hint`} className="text-xs text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}
