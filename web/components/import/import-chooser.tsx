'use client';

import { useEffect, useRef, useState } from 'react';
import { formatCount } from '../../lib/format';
import {
  collectDropped,
  collectFiles,
  type Collection,
  type Looking,
} from '../../lib/import-collect';
import type { DroppedEntries } from '../../lib/folder-drop';
import { Button } from '../elements/button';
import { ProblemNote } from '../elements/error-note';
import type { OverviewDataset } from '../shell/overview';
import { BundleCard } from './bundle-card';
import { DropZone } from './drop-zone';
import { ImportReview } from './import-review';

type Stage =
  | { readonly at: 'choosing'; readonly problem?: string }
  | { readonly at: 'looking'; readonly abort: AbortController }
  | { readonly at: 'chosen'; readonly collection: Collection };

/** Choose or drop, look through it, then decide. */
export function ImportChooser({ dataset }: { dataset: OverviewDataset }) {
  const [stage, setStage] = useState<Stage>({ at: 'choosing' });
  const [found, setFound] = useState(0);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const look = async (collect: (looking: Looking) => Promise<Collection>) => {
    const abort = new AbortController();
    running.current = abort;
    setFound(0);
    setStage({ at: 'looking', abort });
    let told = 0;
    const onFound = (count: number) => {
      // Once in a hundred: each time would take longer than the looking.
      if (count < told + 100) return;
      told = count;
      setFound(count);
    };
    try {
      const collection = await collect({ onFound, signal: abort.signal });
      if (abort.signal.aborted) return;
      const empty =
        collection.candidates.length + collection.refusals.length === 0 && !collection.bundle;
      setStage(
        empty
          ? { at: 'choosing', problem: 'There is no file in what you chose.' }
          : { at: 'chosen', collection },
      );
    } catch (thrown) {
      if (abort.signal.aborted) return;
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      setStage({ at: 'choosing', problem: `That cannot be looked through: ${reason}` });
    }
  };
  const again = () => {
    running.current?.abort();
    setStage({ at: 'choosing' });
  };

  if (stage.at === 'looking') {
    return (
      <section aria-label="Looking through the files" className="card flex flex-col gap-3 text-sm">
        <p role="status">
          Looking through what you chose: {formatCount(found)} files so far. Nothing is sent yet.
        </p>
        <div>
          <Button onClick={again}>Choose something else</Button>
        </div>
      </section>
    );
  }
  if (stage.at === 'chosen' && stage.collection.bundle) {
    const { file, manifest } = stage.collection.bundle;
    return <BundleCard file={file} manifest={manifest} onCancel={again} />;
  }
  if (stage.at === 'chosen') {
    return <ImportReview dataset={dataset} collection={stage.collection} onCancel={again} />;
  }
  return (
    <>
      {stage.problem && <ProblemNote code="NOTHING_TO_IMPORT" message={stage.problem} />}
      <DropZone
        onFiles={(files) => void look((looking) => collectFiles(files, [], looking))}
        onDropped={(dropped: DroppedEntries) =>
          void look((looking) => collectDropped(dropped, looking))
        }
      />
    </>
  );
}
