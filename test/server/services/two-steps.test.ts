import { expect, it } from 'vitest';
import { inTwoSteps } from '../../../server/services/two-steps.js';

const turn = () => new Promise((resolve) => setImmediate(resolve));

async function* numbers(count: number): AsyncGenerator<number> {
  for (let number = 0; number < count; number += 1) yield Promise.resolve(number);
}

/** Runs steps that note when they begin and end; a step that is to fail does so at its end. */
async function notesOf(count: number, failing: string | null = null) {
  const notes: string[] = [];
  const step = async (name: string) => {
    notes.push(`${name} begins`);
    await turn();
    notes.push(`${name} ends`);
    if (name === failing) throw new Error(name);
  };
  const first = async (item: number) => {
    await step(`first ${item}`);
    return item * 10;
  };
  const ended = inTwoSteps(numbers(count), first, (item, result) => {
    expect(result).toBe(item * 10);
    return step(`second ${item}`);
  });
  const thrown: unknown = await ended.then(
    () => null,
    (reason: unknown) => reason,
  );
  const atItsEnd = notes.length;
  for (let turns = 0; turns < 5; turns += 1) await turn();
  expect(notes).toHaveLength(atItsEnd);
  return { notes, thrown };
}

it('two second steps go at a time, begun in order, beside the first steps of the next two items', async () => {
  const { notes, thrown } = await notesOf(5);
  expect(thrown).toBeNull();
  expect(notes.filter((note) => note.endsWith('ends'))).toHaveLength(10);
  const at = (note: string) => notes.indexOf(note);
  for (let item = 0; item < 5; item += 1) {
    expect(at(`second ${item} begins`)).toBeGreaterThan(at(`first ${item} ends`));
    if (item >= 1) {
      expect(at(`second ${item} begins`)).toBeGreaterThan(at(`second ${item - 1} begins`));
      expect(at(`second ${item} begins`)).toBeLessThan(at(`second ${item - 1} ends`));
      expect(at(`first ${item} begins`)).toBeLessThan(at(`second ${item - 1} begins`));
    }
    if (item >= 2) {
      expect(at(`second ${item} begins`)).toBeGreaterThan(at(`second ${item - 2} ends`));
      expect(at(`first ${item} begins`)).toBeGreaterThan(at(`second ${item - 2} begins`));
      expect(at(`first ${item} begins`)).toBeLessThan(at(`second ${item - 2} ends`));
    }
  }
});

it.each(['first 1', 'second 1'])(
  'a %s that fails ends it, when all that goes on has ended',
  async (failing) => {
    const { notes, thrown } = await notesOf(4, failing);
    expect(thrown).toMatchObject({ message: failing });
    expect(notes).toContain('second 0 ends');
    expect(notes).not.toContain('second 3 begins');
    const begun = notes.filter((note) => note.endsWith('begins'));
    expect(notes.filter((note) => note.endsWith('ends'))).toHaveLength(begun.length);
  },
);

it('behind a second step that has failed none is begun', async () => {
  const begun: number[] = [];
  const ended = inTwoSteps(numbers(6), turn, async (item) => {
    begun.push(item);
    for (let turns = 0; turns < 5; turns += 1) await turn();
    if (item === 1) throw new Error('second 1');
  });
  await expect(ended).rejects.toThrow('second 1');
  // The next was under way already.
  expect(begun).toEqual([0, 1, 2]);
});

it('of second steps that fail one behind the other the first is told', async () => {
  const ended = inTwoSteps(numbers(6), turn, async (item) => {
    for (let turns = 0; turns < 5; turns += 1) await turn();
    if (item >= 1) throw new Error(`second ${item}`);
  });
  await expect(ended).rejects.toThrow('second 1');
});

it('items that break off take nothing from those that came before', async () => {
  async function* broken(): AsyncGenerator<number> {
    yield* numbers(3);
    throw new Error('no more');
  }
  const done: number[] = [];
  const ended = inTwoSteps(broken(), turn, async (item) => {
    await turn();
    done.push(item);
  });
  await expect(ended).rejects.toThrow('no more');
  expect(done).toEqual([0, 1, 2]);
});

it('no items take no steps', async () => {
  expect((await notesOf(0)).notes).toEqual([]);
});
