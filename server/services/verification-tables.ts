import type { Finding, Findings, VerificationParts } from './verification-findings.js';

const FROM_BACKUP = 'Restore a backup';

/** Damage to the files of SQLite, and rows that contradict each other. */
export async function* tableFindings(parts: VerificationParts): Findings {
  const { inventory, stored, datasets, isAlone } = parts;
  for (const fault of await inventory.faults()) {
    yield {
      kind: 'TABLES_DAMAGED',
      what: `metadata.sqlite: ${fault}. ${FROM_BACKUP} if this cannot be repaired`,
      repair: async () => {
        await inventory.rebuildIndexes();
        return !(await inventory.faults()).includes(fault);
      },
    };
  }
  for (const fault of await stored.faults()) {
    yield unrepairable('PACK_DAMAGED', `${fault}. ${FROM_BACKUP}`);
  }
  for (const words of await inventory.brokenReferences()) {
    yield unrepairable('REFERENCE_BROKEN', `${words}. ${FROM_BACKUP}`);
  }
  for (const { datasetId, words } of await inventory.lostActiveModels()) {
    yield {
      kind: 'ACTIVE_MODEL_LOST',
      what: words,
      repair: async () => {
        await inventory.restoreActiveModel(datasetId);
        return true;
      },
    };
  }
  for (const words of await inventory.contradictions()) {
    yield unrepairable('RUN_INCONSISTENT', words);
  }
  // While images come in, the count follows behind.
  if (!isAlone) return;
  for (const { datasetId, words } of await inventory.wrongCounts()) {
    yield {
      kind: 'COUNT_WRONG',
      what: words,
      repair: async () => {
        await datasets.recount(datasetId);
        return true;
      },
    };
  }
}

function unrepairable(kind: Finding['kind'], what: string): Finding {
  return { kind, what, repair: null };
}
