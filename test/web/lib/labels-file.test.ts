import { describe, expect, it } from 'vitest';
import { LabelsFileError, readLabelsFile } from '../../../web/lib/labels-file';

async function rowsOf(text: string, name = 'labels.csv') {
  const { rows } = await readLabelsFile(new File([text], name));
  return Object.fromEntries(rows);
}

describe('a labels file', () => {
  it('is a CSV with quotes, a byte order mark and Windows line ends', async () => {
    const text = '\uFEFFname,label,size\r\n"a, ""one"".jpg",shoe,42\r\n\r\nb.jpg,"two\nlines",\r\n';
    expect(await rowsOf(text)).toEqual({
      'a, "one".jpg': { label: 'shoe', split: null, metadata: [{ key: 'size', value: '42' }] },
      'b.jpg': { label: 'two\nlines', split: null, metadata: [] },
    });
  });

  it.each([';', '\t'])('may separate its columns by %j', async (sign) => {
    const text = `name${sign}label\na.jpg${sign}shoe, red\n`;
    expect(await rowsOf(text)).toMatchObject({ 'a.jpg': { label: 'shoe, red' } });
  });

  it('is JSON lines with metadata beside the rest or in an object of its own', async () => {
    const lines = [
      '{"file_name":"./a.jpg","label":7,"split":"train","year":1999,"metadata":{"by":"Ada"}}',
      '',
      '{"name":"b.jpg"}',
    ];
    expect(await rowsOf(lines.join('\n'), 'x.jsonl')).toEqual({
      'a.jpg': {
        label: '7',
        split: 'TRAIN',
        metadata: [
          { key: 'year', value: '1999' },
          { key: 'by', value: 'Ada' },
        ],
      },
      'b.jpg': { label: null, split: null, metadata: [] },
    });
  });

  it.each([
    ['labels.csv', 'label\nshoe\n', /row 1: there is no name/],
    ['labels.csv', 'name,split\na.jpg,validation\n', /"a.jpg": the split is "validation"/],
    ['labels.csv', 'name,label\n"a.jpg,shoe\n', /cannot be read as CSV/],
    ['labels.jsonl', '{"name":"a.jpg"}\n{"name":', /Line 2 cannot be read as JSON/],
    ['labels.csv', 'name\na.jpg\n./a.jpg\n', /is there a second time/],
    ['labels.jsonl', '[1]\n', /line 1: there is no name/],
  ])('%s with %j is refused in words', async (name, text, words) => {
    const reading = readLabelsFile(new File([text], name));
    await expect(reading).rejects.toThrow(LabelsFileError);
    await expect(reading).rejects.toThrow(words);
  });
});
