import { describe, expect, it } from 'vitest';
import {
  clearlyBest,
  compareRunsAddress,
  grouped,
  runIdsOf,
  settingRows,
} from '../../../web/lib/run-comparison.js';

describe('the runs of an address', () => {
  it('are those whose ids it names, each once, six at most', () => {
    expect(runIdsOf('3,1,3,x,,0,-2,2')).toEqual(['3', '1', '2']);
    expect(runIdsOf('1,2,3,4,5,6,7')).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(runIdsOf(null)).toEqual([]);
    expect(runIdsOf(compareRunsAddress(['4', '9']).split('=')[1] ?? '')).toEqual(['4', '9']);
  });
});

describe('settings', () => {
  it('are parted into those that differ and those alike; one that a run lacks differs', () => {
    const runs = [
      { settings: [['Epochs', '3'] as const, ['Seed', '1'] as const] },
      { settings: [['Epochs', '5'] as const, ['Seed', '1'] as const, ['Whitening', '0'] as const] },
    ];
    expect(settingRows(runs)).toEqual({
      differing: [
        { name: 'Epochs', values: ['3', '5'] },
        { name: 'Whitening', values: [null, '0'] },
      ],
      alike: [{ name: 'Seed', values: ['1', '1'] }],
    });
  });
});

describe('the best', () => {
  const about = (value: number) => ({ value, low: value - 0.01, high: value + 0.01 });

  it('is the one whose interval lies above all others', () => {
    expect(clearlyBest([about(0.8), about(0.9), null, about(0.7)])).toBe(1);
    expect(clearlyBest([null, about(0.9), about(0.7)])).toBe(1);
  });

  it('is none where intervals touch, or where there is nothing beside it', () => {
    expect(clearlyBest([about(0.8), about(0.815), about(0.1)])).toBeNull();
    expect(clearlyBest([about(0.8), about(0.8)])).toBeNull();
    expect(clearlyBest([about(0.8), null])).toBeNull();
    expect(clearlyBest([null, null])).toBeNull();
  });
});

it('things of a kind stand together', () => {
  expect(grouped(['apple', 'bean', 'avocado'], ([first = '']) => first)).toEqual([
    ['a', ['apple', 'avocado']],
    ['b', ['bean']],
  ]);
});
