/** A file in a zip, as far as its records tell. Stored, never compressed. */
export interface ZipEntry {
  readonly name: Uint8Array;
  readonly crc: number;
  readonly size: number;
  /** Where its local header starts. */
  readonly offset: number;
  /** Whether size and checksum follow the content: they were not known before. */
  readonly isStreamed: boolean;
}

const ZIP_2 = 20;
/** The version that brought sizes of 64 bits. */
const ZIP_64 = 45;
const UTF8_NAME = 0x800;
const SIZES_FOLLOW = 0x8;
const MAX_16 = 0xffff;
const MAX_32 = 0xffffffff;
const ZIP64_FIELD = 1;

/** What precedes a file's content. @param stamp time and date as zips have them */
export function localHeader(entry: Omit<ZipEntry, 'offset'>, stamp: number): Uint8Array {
  const { name, crc, size, isStreamed } = entry;
  return new RecordWriter(30 + name.byteLength + (isStreamed ? 20 : 0))
    .number32(0x04034b50)
    .number16(isStreamed ? ZIP_64 : ZIP_2)
    .number16(flagsOf(isStreamed))
    .number16(0)
    .number32(stamp)
    .number32(isStreamed ? 0 : crc)
    .number32(isStreamed ? MAX_32 : size)
    .number32(isStreamed ? MAX_32 : size)
    .number16(name.byteLength)
    .number16(isStreamed ? 20 : 0)
    .bytes(name)
    .numbers64(isStreamed ? [0, 0] : []).record;
}

/** What follows a streamed file's content. */
export function dataDescriptor({ crc, size }: Pick<ZipEntry, 'crc' | 'size'>): Uint8Array {
  return new RecordWriter(24).number32(0x08074b50).number32(crc).long(size).long(size).record;
}

/** A file's line in the directory at the zip's end. */
export function directoryRecord(entry: ZipEntry, stamp: number): Uint8Array {
  const { name, crc, size, offset, isStreamed } = entry;
  const isFar = offset >= MAX_32;
  const longs = [...(isStreamed ? [size, size] : []), ...(isFar ? [offset] : [])];
  const extraBytes = longs.length > 0 ? 4 + 8 * longs.length : 0;
  return new RecordWriter(46 + name.byteLength + extraBytes)
    .number32(0x02014b50)
    .number16(ZIP_64)
    .number16(longs.length > 0 ? ZIP_64 : ZIP_2)
    .number16(flagsOf(isStreamed))
    .number16(0)
    .number32(stamp)
    .number32(crc)
    .number32(isStreamed ? MAX_32 : size)
    .number32(isStreamed ? MAX_32 : size)
    .number16(name.byteLength)
    .number16(extraBytes)
    .number16(0)
    .number16(0)
    .number16(0)
    .number32(0)
    .number32(isFar ? MAX_32 : offset)
    .bytes(name)
    .numbers64(longs).record;
}

/** The end of the zip: where its directory of so many files and bytes lies. */
export function endRecords(count: number, offset: number, byteLength: number): Uint8Array {
  const isLarge = count >= MAX_16 || offset >= MAX_32 || byteLength >= MAX_32;
  const end = new RecordWriter(isLarge ? 98 : 22);
  if (isLarge) {
    end.number32(0x06064b50).long(44).number16(ZIP_64).number16(ZIP_64);
    end.number32(0).number32(0).long(count).long(count).long(byteLength).long(offset);
    end.number32(0x07064b50).number32(0);
    end.long(offset + byteLength).number32(1);
  }
  const told = Math.min(count, MAX_16);
  return end
    .number32(0x06054b50)
    .number16(0)
    .number16(0)
    .number16(told)
    .number16(told)
    .number32(Math.min(byteLength, MAX_32))
    .number32(Math.min(offset, MAX_32))
    .number16(0).record;
}

/** A date (UTC) as zips have it: the time in the lower half, the date in the upper. */
export function stampOf(date: Date): number {
  const time =
    (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
  const day =
    ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate();
  return day * 0x10000 + time;
}

function flagsOf(isStreamed: boolean): number {
  return isStreamed ? UTF8_NAME | SIZES_FOLLOW : UTF8_NAME;
}

/** Fills a record from its start, little-endian. */
class RecordWriter {
  readonly record: Uint8Array;
  private readonly view: DataView;
  private at = 0;

  constructor(byteLength: number) {
    this.record = new Uint8Array(byteLength);
    this.view = new DataView(this.record.buffer);
  }

  number16(value: number): this {
    this.view.setUint16(this.at, value, true);
    this.at += 2;
    return this;
  }

  number32(value: number): this {
    this.view.setUint32(this.at, value, true);
    this.at += 4;
    return this;
  }

  long(value: number): this {
    this.view.setBigUint64(this.at, BigInt(value), true);
    this.at += 8;
    return this;
  }

  bytes(value: Uint8Array): this {
    this.record.set(value, this.at);
    this.at += value.byteLength;
    return this;
  }

  /** The field for what does not fit into 32 bits; none for no numbers. */
  numbers64(values: readonly number[]): this {
    if (values.length === 0) return this;
    this.number16(ZIP64_FIELD).number16(8 * values.length);
    for (const value of values) this.long(value);
    return this;
  }
}
