import { reasonOf } from '../domain/errors.js';
import type { Fault, FaultKind, VerificationReport } from '../domain/verification.js';
import { blobFindings } from './verification-blobs.js';
import { embeddingFindings } from './verification-embeddings.js';
import type { Finding, Findings, Tally, VerificationParts } from './verification-findings.js';
import { indexFindings } from './verification-indexes.js';
import { tableFindings } from './verification-tables.js';

/** What may come of rows that are gone. */
const OF_LOST_ROWS: readonly FaultKind[] = ['TABLES_DAMAGED', 'REFERENCE_BROKEN'];

/** Looks at everything in a data directory, in the order in which one thing is made of another. */
export class Verification {
  private readonly tally: Tally = {
    ...{ storedFiles: 0, storedBytes: 0, embeddings: 0, indexes: 0, unreachable: 0 },
  };
  private readonly faults: Fault[] = [];

  /** @param onChecked told of files, and indexes, that were looked at */
  constructor(
    private readonly parts: VerificationParts,
    private readonly onChecked: (files: number, bytes: number) => void,
  ) {}

  /** @param repairs whether what can be repaired is */
  async verify(repairs: boolean): Promise<VerificationReport> {
    const { parts, tally, onChecked } = this;
    await this.takeAll('the tables', tableFindings(parts), repairs);
    const blobs = blobFindings(
      parts,
      tally,
      (bytes) => onChecked(1, bytes),
      () => !this.faults.some(({ kind, isRepaired }) => OF_LOST_ROWS.includes(kind) && !isRepaired),
    );
    await this.takeAll('the stored files', blobs, repairs);
    await this.takeAll('the embeddings', embeddingFindings(parts, tally), repairs);
    const indexes = indexFindings(parts, tally, () => onChecked(1, 0));
    await this.takeAll('the indexes', indexes, repairs);
    const images = await parts.inventory.imageCount().catch(() => 0);
    return { isAlone: parts.isAlone, verified: { images, ...tally }, faults: this.faults };
  }

  /** In tables that are damaged, what one question meets must not hide what others find. */
  private async takeAll(what: string, findings: Findings, repairs: boolean): Promise<void> {
    try {
      for await (const finding of findings) {
        this.faults.push(await this.taken(finding, repairs));
      }
    } catch (thrown) {
      if (!this.faults.some(({ kind }) => kind.endsWith('_DAMAGED'))) throw thrown;
      this.faults.push({
        kind: 'TABLES_DAMAGED',
        what: `${what} could not be looked at to the end (${reasonOf(thrown)})`,
        isRepaired: false,
      });
    }
  }

  private async taken({ kind, what, repair }: Finding, repairs: boolean): Promise<Fault> {
    if (!repairs || !repair) return { kind, what, isRepaired: false };
    try {
      return { kind, what, isRepaired: await repair() };
    } catch (thrown) {
      return { kind, what: `${what}; not repaired: ${reasonOf(thrown)}`, isRepaired: false };
    }
  }
}
