// @ts-check
// Dependencies with known weaknesses: every finding of `npm audit` is either on the list of those that we
// have looked at and can live with until a day, or a failure.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { npmCli, npmEnvironment } from '../machine/npm-program.mjs';
import { root } from '../repository.mjs';

/** @typedef {{ advisory: string, package: string, reason: string, expires: string }} Accepted `expires`: YYYY-MM-DD */
/** @typedef {{ advisory: string, package: string, severity: string, title: string }} Finding */
/** @typedef {{ findings: Finding[] } | { unanswered: string }} Audit */

const LIST = 'server/setup/check/accepted-findings.json';
/** Where the registry does not answer, nobody waits for long. */
const FLAGS = ['--json', '--fetch-retries=0', '--fetch-timeout=20000'];

/**
 * Asks the registry about all that the lock file names.
 * @returns {Audit}
 */
export function audit() {
  const options = /** @type {const} */ ({ cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
  const { stdout, error } = spawnSync(process.execPath, [npmCli(), 'audit', ...FLAGS], {
    ...options,
    env: npmEnvironment(),
  });
  return auditOf(stdout ?? '', error?.message ?? 'npm said nothing');
}

/**
 * What npm audit (npm 7 or newer) has written as JSON.
 * @param {string} json
 * @param {string} otherwise why there is none
 * @returns {Audit}
 */
export function auditOf(json, otherwise) {
  /** @type {{ vulnerabilities?: Record<string, { via: (string | Record<string, unknown>)[] }>, message?: string }} */
  let report;
  try {
    report = JSON.parse(json);
  } catch {
    return { unanswered: otherwise };
  }
  const { vulnerabilities, message } = report;
  if (!vulnerabilities) return { unanswered: message ?? otherwise };
  /** @type {Map<string, Finding>} */
  const findings = new Map();
  for (const { via } of Object.values(vulnerabilities)) {
    for (const cause of via) {
      // A name alone: it has the weakness from that package, which is listed by itself.
      if (typeof cause === 'string') continue;
      const advisory = String(cause.url ?? cause.source).replace(/^.*\//, '');
      const name = String(cause.name);
      findings.set(`${advisory} ${name}`, {
        ...{ advisory, package: name },
        ...{ severity: String(cause.severity), title: String(cause.title) },
      });
    }
  }
  return { findings: [...findings.values()] };
}

/** @returns {Accepted[]} */
export function acceptedFindings() {
  return JSON.parse(fs.readFileSync(path.join(root, LIST), 'utf8'));
}

/**
 * What has to be done about an audit, a line each; none where all is as it was when somebody last looked.
 * @param {Finding[]} findings
 * @param {Accepted[]} accepted
 * @param {string} today YYYY-MM-DD
 * @returns {string[]}
 */
export function complaintsOf(findings, accepted, today) {
  /** @type {(one: { advisory: string, package: string }) => string} */
  const keyOf = (one) => `${one.advisory} ${one.package}`;
  const found = new Set(findings.map(keyOf));
  const listed = new Map(accepted.map((each) => [keyOf(each), each]));
  return [
    ...findings.flatMap((finding) => {
      const words = `${finding.package}: ${finding.title} (${finding.severity}, ${finding.advisory})`;
      const known = listed.get(keyOf(finding));
      if (!known) return [`${words}. Update it, or say in ${LIST} why it does no harm here.`];
      if (known.expires >= today) return [];
      return [`${words}. It was accepted until ${known.expires}: look at it again.`];
    }),
    ...accepted
      .filter((each) => !found.has(keyOf(each)))
      .map((each) => `${LIST} names ${keyOf(each)}, which is found no more: take it out.`),
  ];
}
