import { describe, expect, it } from 'vitest';
import type { PlannedFile } from '../../../web/lib/import-plan';
import { ImportSession, type SendBatch } from '../../../web/lib/import-session';
import { troubleOf } from '../../../web/lib/import-trouble';

const DATASET = { id: '7', title: 'Shoes' };

function planned(name: string, open = async () => new Blob([name])): PlannedFile {
  return { name, size: 1024 * 1024, label: null, split: null, metadata: [], open };
}

function numbered(count: number): PlannedFile[] {
  return Array.from({ length: count }, (_, place) => planned(`${place}.jpg`));
}

function session(files: readonly PlannedFile[], send: SendBatch): ImportSession {
  return new ImportSession({ dataset: DATASET, files, refusals: [] }, send);
}

/** Takes every file, and keeps which names came with which bytes. */
function takingAll(): { send: SendBatch; taken: Map<string, string> } {
  const taken = new Map<string, string>();
  const send: SendBatch = async (_id, files) => {
    for (const { name, file } of files) taken.set(name, await file.text());
    return files.map(({ name }) => ({ name, outcome: 'ADDED' }));
  };
  return { send, taken };
}

/** Resolves once the import is in this phase. */
function reached(importing: ImportSession, phase: string): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (importing.snapshot().phase === phase) resolve();
    };
    importing.subscribe(look);
    look();
  });
}

describe('an import', () => {
  it('sends every file once, with its bytes, and counts', async () => {
    const { send, taken } = takingAll();
    const importing = session(numbered(60), send);
    await importing.run();
    expect(taken.size).toBe(60);
    expect([...taken].every(([name, bytes]) => name === bytes)).toBe(true);
    expect(importing.snapshot()).toMatchObject({ phase: 'DONE', total: 60, done: 60, added: 60 });
  });

  it('has two requests under way at most, and reads no file before its turn', async () => {
    let going = 0;
    let most = 0;
    let opened = 0;
    const openedAtFirst: number[] = [];
    const files = numbered(60).map(({ name }) =>
      planned(name, async () => {
        opened += 1;
        return new Blob([name]);
      }),
    );
    await session(files, async (_id, batch) => {
      openedAtFirst.push(opened);
      most = Math.max(most, (going += 1));
      await new Promise((resolve) => setTimeout(resolve, 1));
      going -= 1;
      return batch.map(({ name }) => ({ name, outcome: 'ADDED' }));
    }).run();
    expect(most).toBe(2);
    expect(openedAtFirst[0]).toBeLessThanOrEqual(16);
  });

  it('refuses a file that cannot be read, alone', async () => {
    const { send, taken } = takingAll();
    const gone = planned('gone.jpg', () => Promise.reject(new Error('NotFoundError')));
    const importing = session([planned('a.jpg'), gone, planned('b.jpg')], send);
    await importing.run();
    expect([...taken.keys()]).toEqual(['a.jpg', 'b.jpg']);
    expect(importing.refusals).toMatchObject([{ name: 'gone.jpg', code: 'FILE_UNREADABLE' }]);
    expect(importing.snapshot()).toMatchObject({ phase: 'DONE', done: 3, added: 2, refused: 1 });
  });

  it('takes a batch apart that is refused as a whole, until the one at fault is alone', async () => {
    const { send, taken } = takingAll();
    const importing = session(numbered(20), (id, files) => {
      if (files.some(({ name }) => name === '3.jpg')) {
        return Promise.reject(troubleOf('INVALID_ARGUMENT', 'Not that one.'));
      }
      return send(id, files);
    });
    await importing.run();
    expect(taken.size).toBe(19);
    expect(importing.refusals).toEqual([
      { name: '3.jpg', code: 'INVALID_ARGUMENT', message: 'Not that one.' },
    ]);
  });

  it('pauses when the disk is full, and goes on when told, losing nothing', async () => {
    const { send, taken } = takingAll();
    let full = true;
    const importing = session(numbered(20), (id, files) =>
      full ? Promise.reject(troubleOf('DISK_FULL', 'Make room.')) : send(id, files),
    );
    const run = importing.run();
    await reached(importing, 'PAUSED');
    expect(importing.snapshot().trouble).toEqual({ code: 'DISK_FULL', message: 'Make room.' });
    full = false;
    importing.goOn();
    await run;
    expect(taken.size).toBe(20);
    expect(importing.snapshot()).toMatchObject({ phase: 'DONE', trouble: null });
  });

  it('tries again by itself when the server was away', async () => {
    const { send, taken } = takingAll();
    let asked = 0;
    const importing = session(numbered(3), (id, files) => {
      asked += 1;
      return asked === 1
        ? Promise.reject(troubleOf('SERVER_UNREACHABLE', 'Away.'))
        : send(id, files);
    });
    await importing.run();
    expect([asked, taken.size, importing.snapshot().phase]).toEqual([2, 3, 'DONE']);
  });

  it('stops when told, also while the server is away, and breaks off when the dataset is gone', async () => {
    const away = session(numbered(3), () =>
      Promise.reject(troubleOf('SERVER_UNREACHABLE', 'Away.')),
    );
    const run = away.run();
    away.subscribe(() => {
      if (away.snapshot().trouble) away.stop();
    });
    await run;
    expect(away.snapshot()).toMatchObject({ phase: 'STOPPED', done: 0 });

    const gone = session(numbered(60), () =>
      Promise.reject(troubleOf('DATASET_NOT_FOUND', 'There is no dataset 7.')),
    );
    await gone.run();
    expect(gone.snapshot()).toMatchObject({
      phase: 'FAILED',
      trouble: { code: 'DATASET_NOT_FOUND' },
    });
  });
});
