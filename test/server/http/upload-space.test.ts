import { expect, it } from 'vitest';
import { ANONYMOUS, type Caller, type Role } from '../../../server/domain/access.js';
import { UploadSpace } from '../../../server/http/upload-space.js';

function sender(role: Role, keyId: number | null = 1, address = '10.0.0.1') {
  const caller: Caller = { ...ANONYMOUS, role, keyId };
  return { caller, address };
}

function codeOf(take: () => unknown): string | null {
  try {
    take();
    return null;
  } catch (thrown) {
    return (thrown as { code: string }).code;
  }
}

it('lets whoever searches send a picture, and whoever adds pictures a batch', () => {
  const space = new UploadSpace();
  expect(codeOf(() => space.take(sender('SEARCH'), 100_000_500))).toBeNull();
  expect(codeOf(() => space.take(sender('SEARCH'), 200_000_000))).toBe('UPLOAD_TOO_LARGE');
  expect(codeOf(() => space.take(sender('CONTRIBUTE'), 200_000_000))).toBeNull();
  expect(codeOf(() => space.take(sender('ADMIN'), 10_000_000_000))).toBe('UPLOAD_TOO_LARGE');
});

it('holds the most that may come for a body that does not tell its length', () => {
  const space = new UploadSpace();
  expect(space.take(sender('SEARCH'), null).bytes).toBe(110_000_000);
  expect(space.take(sender('CONTRIBUTE'), 5).bytes).toBe(5);
});

it('one caller takes half of the room at the most, and gives it back once', () => {
  const space = new UploadSpace();
  const take = (keyId: number | null, address?: string) =>
    space.take(sender('CONTRIBUTE', keyId, address), 500_000_000);
  const first = take(1);
  take(1);
  expect(codeOf(() => take(1))).toBe('RATE_LIMITED');
  first.release();
  first.release();
  take(1);
  expect(codeOf(() => take(1))).toBe('RATE_LIMITED');
  // Without a key, by the address.
  take(null, 'a');
  take(null, 'b');
  expect(codeOf(() => take(null, 'c'))).toBe('RATE_LIMITED');
});

it('whoever may only search leaves room for those who add pictures', () => {
  const space = new UploadSpace();
  for (let keyId = 1; keyId <= 9; keyId += 1) {
    expect(codeOf(() => space.take(sender('SEARCH', keyId), 110_000_000))).toBeNull();
  }
  expect(codeOf(() => space.take(sender('SEARCH', 10), 110_000_000))).toBe('RATE_LIMITED');
  expect(codeOf(() => space.take(sender('CONTRIBUTE', 11), 500_000_000))).toBeNull();
});

it('a network without a key counts as one', () => {
  const space = new UploadSpace();
  const take = (at: number) =>
    codeOf(() => space.take(sender('SEARCH', null, `2001:db8::${at}`), 110_000_000));
  for (let at = 0; at < 4; at += 1) expect(take(at)).toBeNull();
  expect(take(4)).toBe('RATE_LIMITED');
});
