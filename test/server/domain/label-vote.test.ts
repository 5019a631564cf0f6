import { expect, it } from 'vitest';
import { labelVote, type Voter } from '../../../server/domain/label-vote.js';

const voters = (...votes: (readonly [string, number])[]): Voter[] =>
  votes.map(([label, distance]) => ({ label, distance }));

it('neighbours that are as near count alike', () => {
  const vote = labelVote(voters(['Bag', 0.2], ['Coat', 0.2], ['Bag', 0.2], ['Bag', 0.2]), 'Coat');
  expect(vote).toEqual({ label: 'Bag', share: 0.75, ownShare: 0.25 });
});

it('near ones count more than far ones: at 0.07 further, e times less', () => {
  const vote = labelVote(voters(['Coat', 0.07], ['Bag', 0]), null);
  expect(vote?.label).toBe('Bag');
  expect(vote?.share).toBeCloseTo(Math.E / (1 + Math.E), 12);
  expect(vote?.ownShare).toBe(0);
});

it('one near neighbour outweighs several that are far', () => {
  const far = [0.5, 0.5, 0.6].map((distance) => ['Coat', distance] as const);
  expect(labelVote(voters(...far, ['Bag', 0.1]), 'Coat')?.label).toBe('Bag');
});

it('only what is further than the nearest counts, however far all are', () => {
  const near = labelVote(voters(['Bag', 0], ['Coat', 0.05]), null);
  const far = labelVote(voters(['Bag', 1.9], ['Coat', 1.95]), null);
  expect(far?.share).toBeCloseTo(near?.share ?? 0, 9);
});

it('of as many votes the nearest decides, whatever the order', () => {
  const tied = voters(['Coat', 0.1], ['Bag', 0.1], ['Coat', 0.3], ['Bag', 0.3]);
  expect(labelVote(tied, null)?.label).toBe('Coat');
  expect(labelVote(voters(['Coat', 0.2], ['Bag', 0.1]), null)?.label).toBe('Bag');
});

it('a label that no neighbour bears has no share, and nobody votes where there are none', () => {
  expect(labelVote(voters(['Bag', 0.1]), 'Coat')).toEqual({ label: 'Bag', share: 1, ownShare: 0 });
  expect(labelVote([], 'Coat')).toBeNull();
});
