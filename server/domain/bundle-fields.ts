import { bundleInvalid } from './bundle.js';

/** Milliseconds since 1970: what clients and databases still take for a date. */
const YEAR_10000 = Date.UTC(10_000, 0);

/** What a GraphQL Int holds. */
export const MAX_COUNT = 2_147_483_647;

/** The fields of a JSON object that somebody sent: each is of the kind that is asked for, or BUNDLE_INVALID. */
export class BundleFields {
  private readonly values: ReadonlyMap<string, unknown>;

  /** @param where what is told of the object: `images.jsonl, line 7` */
  constructor(
    value: unknown,
    private readonly where: string,
  ) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw bundleInvalid(`${where} is not a JSON object`);
    }
    this.values = new Map<string, unknown>(Object.entries(value));
  }

  static parse(text: string, where: string): BundleFields {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (thrown) {
      throw bundleInvalid(`${where} is not JSON`, thrown);
    }
    return new BundleFields(value, where);
  }

  text(name: string): string {
    const value = this.values.get(name);
    return typeof value === 'string' ? value : this.refuse(name, 'a text');
  }

  /** A checksum: 64 hexadecimal digits. */
  sha256(name: string): string {
    const text = this.text(name);
    return /^[0-9a-f]{64}$/.test(text) ? text : this.refuse(name, 'a SHA-256');
  }

  textOrNull(name: string): string | null {
    return this.isNull(name) ? null : this.text(name);
  }

  number(name: string): number {
    const value = this.values.get(name);
    return typeof value === 'number' && Number.isFinite(value)
      ? value
      : this.refuse(name, 'a number');
  }

  numberOrNull(name: string): number | null {
    return this.isNull(name) ? null : this.number(name);
  }

  whole(name: string, min: number, max: number): number {
    const value = this.number(name);
    return Number.isInteger(value) && value >= min && value <= max
      ? value
      : this.refuse(name, `a whole number from ${min} to ${max}`);
  }

  flag(name: string): boolean {
    const value = this.values.get(name);
    return typeof value === 'boolean' ? value : this.refuse(name, 'true or false');
  }

  date(name: string): Date {
    const date = new Date(this.text(name));
    const isUsual = date.getTime() >= 0 && date.getTime() < YEAR_10000;
    return isUsual ? date : this.refuse(name, 'a date from 1970 to 9999');
  }

  oneOf<T extends string>(name: string, options: readonly T[]): T {
    const value = this.values.get(name);
    return options.find((option) => option === value) ?? this.refuse(name, options.join(' or '));
  }

  fields(name: string): BundleFields {
    return new BundleFields(this.values.get(name), `${this.where}: "${name}"`);
  }

  fieldsOrNull(name: string): BundleFields | null {
    return this.isNull(name) ? null : this.fields(name);
  }

  /** A list of objects. */
  list(name: string): BundleFields[] {
    return this.array(name).map(
      (value, at) => new BundleFields(value, `${this.where}: "${name}", item ${at + 1}`),
    );
  }

  numbers(name: string): number[] {
    return this.array(name).map((value) =>
      typeof value === 'number' && Number.isFinite(value)
        ? value
        : this.refuse(name, 'a list of numbers'),
    );
  }

  names(): string[] {
    return [...this.values.keys()];
  }

  private array(name: string): readonly unknown[] {
    const value = this.values.get(name);
    return Array.isArray(value) ? value : this.refuse(name, 'a list');
  }

  private isNull(name: string): boolean {
    return (this.values.get(name) ?? null) === null;
  }

  private refuse(name: string, wanted: string): never {
    throw bundleInvalid(`${this.where}: "${name.slice(0, 80)}" is not ${wanted}`);
  }
}
