import { describe, expect, it } from 'vitest';
import { boundaryOf, partsOf } from '../../../server/http/multipart-body.js';

const FIELD = 'Content-Disposition: form-data; name="map"';
const FILE =
  'Content-Disposition: form-data; name="0"; filename="a.png"\r\nContent-Type: image/png';

/** A body of parts, each its headers and its content. */
const bodyOf = (...parts: readonly (readonly [string, string])[]) =>
  `${parts.map(([headers, content]) => `--b\r\n${headers}\r\n\r\n${content}\r\n`).join('')}--b--\r\n`;
const read = (body: string) =>
  partsOf(Buffer.from(body), 'b')?.map((part) => ({ ...part, bytes: part.bytes.toString() }));

describe('the parts of a body', () => {
  it('are its fields and files, in order', () => {
    expect(read(bodyOf([FIELD, '{}'], [FILE, 'pixels']))).toEqual([
      { name: 'map', fileName: null, contentType: 'text/plain', bytes: '{}' },
      { name: '0', fileName: 'a.png', contentType: 'image/png', bytes: 'pixels' },
    ]);
  });

  it('may hold whatever is not the boundary', () => {
    const content = '\r\n--a\r\n\r\n--\r\n-b--';
    expect(read(bodyOf([FILE, content]))).toMatchObject([{ bytes: content }]);
    expect(read(bodyOf([FILE, '']))).toMatchObject([{ bytes: '' }]);
  });

  it('bear names of any language', () => {
    const named = FILE.replace('a.png', 'Käse 猫.png');
    expect(read(bodyOf([named, 'x']))).toMatchObject([{ fileName: 'Käse 猫.png' }]);
  });
});

it.each([
  ['a body that is cut short', bodyOf([FILE, 'pixels']).slice(0, -8)],
  ['a body without an end', bodyOf([FILE, 'pixels']).replace('--b--', '')],
  ['something before the parts', `preamble\r\n${bodyOf([FILE, 'x'])}`],
  ['something behind them', `${bodyOf([FILE, 'x'])}epilogue`],
  ['a part without headers', bodyOf(['', 'x'])],
  ['an encoding', bodyOf([`${FILE}\r\nContent-Transfer-Encoding: base64`, 'eA=='])],
  ['a name with a folder', bodyOf([FILE.replace('a.png', 'a/b.png'), 'x'])],
  ['a name with an escape', bodyOf([FILE.replace('a.png', 'a%22b.png'), 'x'])],
  ['a name in another form', bodyOf([FILE.replace('filename=', "filename*=utf-8''"), 'x'])],
  ['a field with a type', bodyOf([`${FIELD}\r\nContent-Type: application/json`, '{}'])],
  ['an empty body', ''],
])('%s is left to another parser', (_, body) => {
  expect(partsOf(Buffer.from(body), 'b')).toBeNull();
});

it('the boundary is that of the header, and none where the header is of another kind', () => {
  expect(boundaryOf('multipart/form-data; boundary=----WebKit7MA4')).toBe('----WebKit7MA4');
  expect(boundaryOf('Multipart/Form-Data; boundary="a b"')).toBe('a b');
  expect(boundaryOf('multipart/form-data')).toBeNull();
  expect(boundaryOf('multipart/mixed; boundary=b')).toBeNull();
});
