import { expect, it } from 'vitest';
import { acceptedFindings, auditOf, complaintsOf } from '../../server/setup/check/audit.mjs';

/** As npm 10 writes it, less what is not read. */
const REPORT = JSON.stringify({
  auditReportVersion: 2,
  vulnerabilities: {
    tar: {
      name: 'tar',
      severity: 'high',
      via: [
        {
          ...{ source: 1, name: 'tar', dependency: 'tar', title: 'Writes elsewhere' },
          ...{ url: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc', severity: 'high' },
        },
      ],
      effects: ['builder'],
    },
    builder: { name: 'builder', severity: 'high', via: ['tar'], effects: [] },
  },
});
const FINDING = {
  ...{ advisory: 'GHSA-aaaa-bbbb-cccc', package: 'tar' },
  ...{ severity: 'high', title: 'Writes elsewhere' },
};
const ACCEPTED = {
  ...{ advisory: 'GHSA-aaaa-bbbb-cccc', package: 'tar' },
  ...{ reason: 'nothing here unpacks what strangers send', expires: '2027-01-31' },
};

it('a finding is told once, where it is, and not of all that use it', () => {
  expect(auditOf(REPORT, '')).toEqual({ findings: [FINDING] });
});

it.each([
  ['no answer', '', 'npm said nothing', 'npm said nothing'],
  [
    'a refusal',
    '{"message":"405 Method Not Allowed","statusCode":405}',
    '',
    '405 Method Not Allowed',
  ],
  ['no JSON', '<html>', 'a proxy', 'a proxy'],
])('%s is no clean audit', (_what, text, otherwise, unanswered) => {
  expect(auditOf(text, otherwise)).toEqual({ unanswered });
});

it('a finding that nobody has looked at is a complaint', () => {
  expect(complaintsOf([FINDING], [], '2026-12-01')).toEqual([
    expect.stringContaining('tar: Writes elsewhere (high, GHSA-aaaa-bbbb-cccc)') as string,
  ]);
  const other = { ...ACCEPTED, advisory: 'GHSA-dddd-eeee-ffff' };
  expect(complaintsOf([FINDING], [other], '2026-12-01')).toHaveLength(2);
});

it('one that is accepted is none, until its day has passed', () => {
  expect(complaintsOf([FINDING], [ACCEPTED], '2027-01-31')).toEqual([]);
  expect(complaintsOf([FINDING], [ACCEPTED], '2027-02-01')).toEqual([
    expect.stringContaining('accepted until 2027-01-31') as string,
  ]);
});

it('what is accepted and found no more is to be taken off the list', () => {
  expect(complaintsOf([], [ACCEPTED], '2026-12-01')).toEqual([
    expect.stringContaining('found no more') as string,
  ]);
});

it('every finding on the list has a reason and a day', () => {
  for (const { advisory, package: name, reason, expires } of acceptedFindings()) {
    expect([advisory, name]).not.toContain('');
    expect(reason.length).toBeGreaterThan(20);
    expect(expires).toMatch(/^20\d\d-\d\d-\d\d$/);
  }
});
