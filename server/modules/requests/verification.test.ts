import { describe, expect, test } from 'vitest';
import {
  canVerifyClosure,
  codeWordIsOwn,
  type Hand,
  independence,
  type Verified,
  type Verifier,
} from './verification.ts';

// group 1 ─ unit 10 ─ site 100, 101; unit 20 ─ site 200
const parent = new Map([
  [100, 10],
  [101, 10],
  [200, 20],
  [10, 1],
  [20, 1],
]);
const actingFor = (accountId: string) => [{ accountId, from: new Date(0), to: new Date(9e12), runs: true }];
const ancestors = (id: number): number[] => {
  const above = parent.get(id);
  return above === undefined ? [id] : [id, ...ancestors(above)];
};
const hand = (did: string, more: Partial<Hand> = {}): Hand => ({
  accountId: 'handler',
  did,
  lineId: 11,
  homeNodeId: 10,
  ...more,
});
const request: Verified = {
  registrarId: 'registrar',
  requesterId: 'requester',
  siteId: 100,
  lineIds: [11],
  hands: [hand('handled')],
  handLeads: new Map(),
};
const caller: Verifier = { accountId: 'caller', joined: [], homeNodeId: 1, lineIds: [], leads: [], officerOf: [] };

describe('canVerifyClosure: who took no part, is of no such line, and neither above nor below in command (rules 3)', () => {
  test('an uninvolved follow-up caller may verify', () => {
    expect(canVerifyClosure(caller, request, ancestors)).toBe(true);
  });
  const table: [string, string, Partial<Verifier>, Partial<Verified>][] = [
    ['not the handler', 'no_part', { accountId: 'handler' }, {}],
    [
      'not a co-handler',
      'no_part',
      {},
      { hands: [hand('handled'), hand('co_handled', { accountId: 'caller', lineId: null, homeNodeId: null })] },
    ],
    [
      'not who accepted it',
      'no_part',
      {},
      { hands: [hand('accepted', { accountId: 'caller', lineId: null, homeNodeId: null })] },
    ],
    [
      'not who approved an extension',
      'no_part',
      {},
      { hands: [hand('approved', { accountId: 'caller', lineId: null, homeNodeId: null })] },
    ],
    [
      'not who returned it',
      'no_part',
      {},
      { hands: [hand('returned', { accountId: 'caller', lineId: null, homeNodeId: null })] },
    ],
    [
      'not the arbiter who assigned it',
      'no_part',
      {},
      { hands: [hand('arbitrated', { accountId: 'caller', lineId: null, homeNodeId: null })] },
    ],
    ['not the registrar', 'not_registrar', { accountId: 'registrar' }, {}],
    ['not the requester, as a caller', 'not_requester', { accountId: 'requester' }, {}],
    ['not who acts for the handler', 'no_part', { joined: actingFor('handler') }, {}],
    ['not who acts for the registrar', 'not_registrar', { joined: actingFor('registrar') }, {}],
    ['not who acts for the requester', 'not_requester', { joined: actingFor('requester') }, {}],
    ['not of the line that handled it', 'other_line', { lineIds: [11] }, {}],
    ['not of a line that had it and returned it', 'other_line', { lineIds: [12] }, { lineIds: [12, 11] }],
    ['not the leader above a handler', 'not_in_command', { leads: [10] }, {}],
    ['not the group’s leader, who is above everyone', 'not_in_command', { leads: [1] }, {}],
    [
      'not led by somebody who took part',
      'not_in_command',
      { homeNodeId: 101 },
      { handLeads: new Map([['handler', [10]]]) },
    ],
    ['not the site officer of the site served', 'not_site_officer', { officerOf: [100] }, {}],
  ];
  test.each(table)('%s', (_, rule, who, what) => {
    const verifier = { ...caller, ...who };
    const verified = { ...request, ...what };
    expect(canVerifyClosure(verifier, verified, ancestors)).toBe(false);
    expect(
      independence(verifier, verified, ancestors)
        .filter((item) => !item.holds)
        .map((item) => item.rule),
    ).toContain(rule);
  });
  test('leading another unit, or being officer of another site, disqualifies nobody', () => {
    expect(canVerifyClosure({ ...caller, leads: [20], officerOf: [101, 200], lineIds: [12] }, request, ancestors)).toBe(
      true,
    );
  });
});

describe('a word by query code is own only on a device that never acted for staff (rules 3)', () => {
  const device = { known: true, actedForStaff: false, signedInAsOther: false };
  test.each<[string, string, Partial<typeof device>, boolean]>([
    ['the requester’s own phone', 'confidential', {}, true],
    ['an open request, own phone', 'open', {}, true],
    ['an anonymous code is nobody’s in particular', 'anonymous', {}, false],
    ['a device staff worked on it with', 'confidential', { actedForStaff: true }, false],
    ['somebody else is signed in there', 'confidential', { signedInAsOther: true }, false],
    ['a device without a mark of its own', 'confidential', { known: false }, false],
  ])('%s', (_, confidentiality, more, own) => {
    expect(codeWordIsOwn({ confidentiality }, { ...device, ...more })).toBe(own);
  });
});
