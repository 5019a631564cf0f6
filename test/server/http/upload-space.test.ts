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
