import type { ChangeStamp } from './change-stamp.js';

/**
 * Rows in memory, by id, for as long as nothing at all is known to be committed: what was read under a stamp
 * is what would be read under the same one. For few rows that are read with every request.
 */
export class UnchangedRows<Row> {
  private readonly rows = new Map<number, Row>();
  private stamp: string | null = null;

  constructor(
    private readonly changes: Pick<ChangeStamp, 'read' | 'lookAgain'>,
    private readonly readRow: (id: number) => Promise<Row | null>,
  ) {}

  /** A row that has been read and is still what would be read, but for `LONGEST_UNSEEN_MS`. */
  known(id: number): Row | null {
    const now = this.changes.read();
    return now !== null && now === this.stamp ? (this.rows.get(id) ?? null) : null;
  }

  async byId(id: number): Promise<Row | null> {
    // Whoever waits for it may have heard of another connection's commit. Searches ask `known` first.
    this.changes.lookAgain();
    const before = this.changes.read();
    if (before !== this.stamp) {
      this.rows.clear();
      this.stamp = before;
    }
    const known = before === null ? undefined : this.rows.get(id);
    if (known !== undefined) return known;
    const row = await this.readRow(id);
    // Others may have written while it was read, or emptied this for a newer stamp.
    const isCurrent = before !== null && before === this.stamp && before === this.changes.read();
    if (row !== null && isCurrent) this.rows.set(id, row);
    return row;
  }
}
