'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useId, useRef, useState, type SubmitEvent } from 'react';
import { chooseDataset } from '../../lib/chosen-dataset';
import { nameFromTitle, nameProblem } from '../../lib/dataset-name';
import { formatBytes, formatPercent } from '../../lib/format';
import { sendBundle } from '../../lib/import-bundle';
import type { BundleManifest } from '../../lib/zip-contents';
import { Button } from '../elements/button';
import { ProblemNote } from '../elements/error-note';
import { ProgressBar } from '../elements/progress-bar';
import { Section } from '../elements/section';
import { useOverview } from '../shell/overview';

type Problem = { readonly code: string; readonly message: string };

/** Sends a bundle, under a name that nobody has; the server goes on with it by itself. */
export function BundleCard({
  file,
  manifest,
  onCancel,
}: {
  file: File;
  manifest: BundleManifest;
  onCancel: () => void;
}) {
  const router = useRouter();
  const id = useId();
  const { datasets, refreshed } = useOverview();
  const proposed = manifest.name ?? nameFromTitle(manifest.title ?? file.name);
  const [name, setName] = useState(() => freeName(proposed, new Set(datasets.map((d) => d.name))));
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const sending = useRef<AbortController | null>(null);
  useEffect(() => () => sending.current?.abort(), []);
  const aboutName = problem?.code.startsWith('DATASET_NAME_') ?? false;

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const wrong = nameProblem(name);
    setProblem(wrong ? { code: 'DATASET_NAME_INVALID', message: wrong } : null);
    if (wrong) return;
    const abort = new AbortController();
    sending.current = abort;
    setShare(0);
    const answer = await sendBundle({ file, name, onProgress: setShare, signal: abort.signal });
    if (abort.signal.aborted) return;
    setShare(null);
    if ('datasetId' in answer) {
      chooseDataset(answer.datasetId);
      await refreshed();
      router.push('/dataset');
    } else setProblem(answer);
  };
  const stop = () => {
    sending.current?.abort();
    setShare(null);
  };

  return (
    <Section
      title={`Bundle: ${manifest.title ?? manifest.name ?? file.name}`}
      hint={`${file.name}, ${formatBytes(file.size)}. It becomes a new dataset; nothing is added to another one.`}
    >
      <form noValidate onSubmit={(event) => void submit(event)} className="max-w-xl text-sm">
        <label htmlFor={id} className="font-medium">
          Name of the new dataset
        </label>
        <input
          id={id}
          className="field mt-1 block w-full"
          value={name}
          maxLength={64}
          autoComplete="off"
          disabled={share !== null}
          aria-invalid={aboutName}
          aria-describedby={aboutName ? `${id}-problem` : undefined}
          onChange={({ target }) => setName(target.value)}
        />
        {problem && aboutName && (
          <p id={`${id}-problem`} role="alert" className="field-problem mt-1">
            {problem.message}
          </p>
        )}
        {problem && !aboutName && (
          <div className="mt-3">
            <ProblemNote {...problem} />
          </div>
        )}
        {share !== null && (
          <div className="mt-4">
            <p role="status" className="mb-1 text-muted">
              {share < 1
                ? `Sending: ${formatPercent(share)}. Stay on this page until it is there.`
                : 'It is there; the server looks at it …'}
            </p>
            <ProgressBar value={share} label="Sending the bundle" />
          </div>
        )}
        <div className="mt-4 flex flex-wrap gap-2">
          {share === null ? (
            <>
              <Button type="submit" look="primary">
                Import the bundle
              </Button>
              <Button onClick={onCancel}>Choose something else</Button>
            </>
          ) : (
            <Button look="danger" onClick={stop}>
              Stop
            </Button>
          )}
        </div>
      </form>
    </Section>
  );
}

/** The name, with a number where another dataset has it. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number += 1) free = `${name.slice(0, 60)}-${number}`;
  return free;
}
