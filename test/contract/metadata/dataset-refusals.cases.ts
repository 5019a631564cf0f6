import { expect, it } from 'vitest';
import { ONE_HOUR, standingClock } from './clock.js';
import type { OpenMetadata } from './metadata.js';

const DAMAGED = { code: 'UPLOAD_NOT_AN_IMAGE', message: 'It is cut short.' } as const;
const LARGE = { code: 'UPLOAD_TOO_LARGE', message: 'It has 120 megapixels.' } as const;

/** Files that an import did not take. */
export function datasetRefusalsCases(open: OpenMetadata): void {
  const opened = async () => {
    const { datasets } = await open();
    const { id } = await datasets.findOrCreate('pictures', 'Pictures');
    const { id: other } = await datasets.findOrCreate('others', 'Others');
    return { datasets, id, other };
  };

  it('refusals are listed by name, page by page, each dataset for itself', async () => {
    const clock = standingClock();
    const { datasets, id, other } = await opened();
    const at = new Date();
    await datasets.putRefusals(id, [
      { name: 'c', ...DAMAGED },
      { name: 'a', ...LARGE },
    ]);
    await datasets.putRefusals(other, [{ name: 'a', ...DAMAGED }]);
    clock.pass(ONE_HOUR);
    await datasets.putRefusals(id, [{ name: 'b/ü 🦖.png', ...DAMAGED }]);
    const all = [
      { name: 'a', ...LARGE, at },
      { name: 'b/ü 🦖.png', ...DAMAGED, at: new Date(at.getTime() + ONE_HOUR) },
      { name: 'c', ...DAMAGED, at },
    ];
    expect(await datasets.refusals(id, null, 10)).toEqual(all);
    expect(await datasets.refusals(id, null, 2)).toEqual(all.slice(0, 2));
    expect(await datasets.refusals(id, 'a', 1)).toEqual(all.slice(1, 2));
    expect(await datasets.refusals(id, 'c', 10)).toEqual([]);
    expect(await datasets.countRefusals(id)).toBe(3);
    expect(await datasets.countRefusals(other)).toBe(1);
  });

  it('of a name that is refused again the newer reason stays', async () => {
    const { datasets, id } = await opened();
    await datasets.putRefusals(id, [{ name: 'a', ...DAMAGED }]);
    await datasets.putRefusals(id, [{ name: 'a', ...LARGE }]);
    expect(await datasets.refusals(id, null, 10)).toMatchObject([{ name: 'a', ...LARGE }]);
  });

  it('refusals are forgotten by name, or all, each dataset for itself', async () => {
    const { datasets, id, other } = await opened();
    const refused = Array.from({ length: 1500 }, (_, at) => ({ name: `n/${at}`, ...DAMAGED }));
    await datasets.putRefusals(id, refused);
    await datasets.putRefusals(other, refused.slice(0, 3));
    const names = refused.slice(0, 1400).map(({ name }) => name);
    await datasets.clearRefusals(id, [...names, 'of nobody']);
    expect(await datasets.countRefusals(id)).toBe(100);
    await datasets.clearRefusals(id, []);
    expect(await datasets.countRefusals(id)).toBe(100);
    await datasets.clearRefusals(id, null);
    expect(await datasets.countRefusals(id)).toBe(0);
    expect(await datasets.countRefusals(other)).toBe(3);
  });
}
