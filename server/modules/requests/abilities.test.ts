import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Abilities, RequestThread } from '../../../contract/requests.ts';
import { api, type Client, day, type Given, type House, hour, openHouse, type Wanted } from '../../testing/program.ts';
import { nothing } from './policy.ts';

/**
 * The page is offered exactly what the command accepts: in every standing of a request, for everybody who may have to do
 * with it, each act is done where the flag says so and refused where it does not.
 */
let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

const acts = Object.keys(nothing) as (keyof Abilities)[];
const later = (ms: number): string => new Date(house.clock.now().getTime() + ms).toISOString();
const as = (login: string): Promise<Client> => house.as(login);
const handled = { solution: 'solved', text: '水泵换好了，两层龙头都试过，有水。' } as const;

async function dispatchAgain(one: Given): Promise<void> {
  const { version } = await house.standing(one.id);
  await (await as('disp01')).do(api.cases.dispatch, { id: one.id, version, lineId: house.line('L11'), unitId: null });
}
const sendBack = async (one: Given): Promise<void> =>
  void (await (
    await as('ho-l11')
  ).do(api.cases.return, { id: one.caseId, reason: 'other', text: '跟前面一件像是同一件事' }));
async function returnedTwice(): Promise<Given> {
  const one = await house.given.request({ until: 'dispatched' });
  await sendBack(one);
  await dispatchAgain(one);
  await sendBack(one);
  return one;
}
const ask = async (one: Given, kind: 'extension' | 'suspension'): Promise<string> =>
  (
    await (
      await as('ho-l11')
    ).do(api.cases.ask, {
      id: one.caseId,
      kind,
      reasonCode: 'parts',
      text: '等配件到货',
      until: later(kind === 'extension' ? 30 * hour : hour),
    })
  ).askId;
const answered = async (one: Given): Promise<Given> => {
  const { version } = await house.standing(one.id);
  await (await as('disp01')).do(api.requests.answer, { id: one.id, version, text: '今晚八点恢复供水。' });
  return one;
};
const denied = async (one: Given): Promise<Given> => {
  await (await as('worker01')).do(api.requests.judge, { id: one.id, solved: false, why: '还是没水' });
  return one;
};
const given = (wanted: Wanted) => () => house.given.request(wanted);
const openCall = async (one: Given): Promise<string> =>
  (
    await house.sql<{ id: string }>('select id from followups.call where request_id = $1 and done_at is null', [one.id])
  )[0]!.id;

const standings: Record<string, () => Promise<Given>> = {
  received: given({}),
  'received, confidential': async () => {
    const one = await house.given.request({ confidentiality: 'confidential' });
    const { version } = await house.standing(one.id);
    await (await as('disp01')).do(api.requests.writeSummary, { id: one.id, version, summary: '供水不稳定，请检修。' });
    return one;
  },
  'received, health': given({ category: 'C03' }),
  dispatched: given({ until: 'dispatched' }),
  accepted: given({ until: 'accepted' }),
  'in progress': given({ until: 'in_progress' }),
  'in progress, past its due': async () => {
    const one = await house.given.request({ until: 'in_progress' });
    house.clock.forward(9 * hour);
    return one;
  },
  'an extension asked': async () => {
    const one = await house.given.request({ until: 'in_progress' });
    await ask(one, 'extension');
    return one;
  },
  extended: async () => {
    const one = await house.given.request({ until: 'in_progress' });
    await (await as('disp00')).do(api.cases.decide, { id: await ask(one, 'extension'), approve: true });
    return one;
  },
  suspended: async () => {
    const one = await house.given.request({ until: 'in_progress' });
    await (await as('disp00')).do(api.cases.decide, { id: await ask(one, 'suspension'), approve: true });
    return one;
  },
  'returned once': async () => {
    const one = await house.given.request({ until: 'dispatched' });
    await sendBack(one);
    return one;
  },
  'returned twice': returnedTwice,
  'returned while an extension was asked': async () => {
    const one = await house.given.request({ until: 'accepted' });
    await ask(one, 'extension');
    await sendBack(one);
    return one;
  },
  arbitrated: async () => {
    const one = await returnedTwice();
    const { version } = await house.standing(one.id);
    await (await as('disp00')).do(api.cases.arbitrate, {
      id: one.id,
      version,
      lineId: house.line('L11'),
      unitId: null,
      note: '由供水条线承办',
    });
    return one;
  },
  handled: given({ until: 'handled' }),
  'handled while an extension was asked': async () => {
    const one = await house.given.request({ until: 'in_progress' });
    await ask(one, 'extension');
    await (await as('ho-l11')).do(api.cases.handled, { id: one.caseId, ...handled });
    return one;
  },
  'answered at once': async () => answered(await house.given.request()),
  'answered at once, denied': async () => denied(await answered(await house.given.request())),
  confirmed: given({ until: 'confirmed' }),
  'confirmed long ago': async () => {
    const one = await house.given.request({ until: 'confirmed' });
    house.clock.forward(20 * day);
    return one;
  },
  denied: async () => denied(await house.given.request({ until: 'handled' })),
  withdrawn: async () => {
    const one = await house.given.request();
    await (await as('worker01')).do(api.requests.withdraw, { id: one.id });
    return one;
  },
  'closed unverified': async () => {
    const one = await house.given.request({ until: 'handled' });
    house.clock.forward(25 * hour);
    await house.timers.run('followups.list_silent');
    const answer = { contacted: true, answer: 'unclear', satisfied: null, speed: null, attitude: null } as const;
    await (await as('fu01')).do(api.followups.complete, { id: await openCall(one), ...answer });
    house.clock.forward(8 * day);
    await house.timers.run('followups.close_unverified');
    return one;
  },
  'closed unreachable': async () => {
    const one = await house.given.request({ until: 'handled' });
    house.clock.forward(25 * hour);
    await house.timers.run('followups.list_silent');
    const call = await openCall(one);
    for (const wait of [0, hour, 24 * hour]) {
      house.clock.forward(wait);
      await (await as('fu01')).do(api.followups.attempt, { id: call, channel: 'thread', outcome: 'notice_sent' });
    }
    await (await as('fu01')).do(api.followups.unreachable, { id: call });
    return one;
  },
  'moved to a sealed line': async () => {
    const one = await house.given.request({ until: 'accepted' });
    const { version } = await house.standing(one.id);
    await (await as('disp01')).do(api.requests.moveToSealed, { id: one.id, version, to: 'care' });
    return one;
  },
};

async function perform(act: keyof Abilities, client: Client, one: Given): Promise<number> {
  const standing = await house.standing(one.id);
  const { id } = one;
  const { version } = standing;
  const caseId = one.caseId || randomUUID();
  const to = { lineId: house.line('L11'), unitId: null };
  const due = new Date(standing.dues.resolveNow).getTime();
  const deeds: Record<keyof Abilities, () => Promise<{ status: number }>> = {
    judge: () => client.try(api.requests.judge, { id, solved: false, why: '没有解决' }),
    confirm: () => client.try(api.requests.judge, { id, solved: true }),
    rate: () => client.try(api.requests.rate, { id, result: 4, speed: 4, attitude: 4 }),
    nudge: () => client.try(api.requests.nudge, { id }),
    withdraw: () => client.try(api.requests.withdraw, { id }),
    message: () => client.try(api.requests.message, { id, text: '请问进展如何？' }),
    setFacts: () => client.try(api.requests.setFacts, { id, version, priority: 'high' }),
    dispatch: () => client.try(api.cases.dispatch, { id, version, ...to }),
    arbitrate: () => client.try(api.cases.arbitrate, { id, version, ...to, note: '由此条线办' }),
    join: async () => {
      const into = await house.given.request({ until: 'dispatched' });
      return client.try(api.cases.join, { id, version, intoRequestId: into.id });
    },
    takeBack: () => client.try(api.cases.takeBack, { id: caseId, reason: '派错了条线' }),
    writeSummary: () => client.try(api.requests.writeSummary, { id, version, summary: '供水不稳定，请检修。' }),
    answer: () => client.try(api.requests.answer, { id, version, text: '今晚八点恢复供水。' }),
    moveToSealed: () => client.try(api.requests.moveToSealed, { id, version, to: 'care' }),
    accept: () => client.try(api.cases.accept, { id: caseId }),
    progress: () => client.try(api.cases.progress, { id: caseId, text: '正在修' }),
    return: () => client.try(api.cases.return, { id: caseId, reason: 'other', text: '跟前面一件像是同一件事' }),
    askExtension: () =>
      client.try(api.cases.ask, {
        id: caseId,
        kind: 'extension',
        reasonCode: 'parts',
        text: '等配件到货',
        until: new Date(Math.max(due, house.clock.now().getTime()) + 2 * hour).toISOString(),
      }),
    askSuspension: () =>
      client.try(api.cases.ask, {
        id: caseId,
        kind: 'suspension',
        reasonCode: 'parts',
        text: '等配件到货',
        until: later(hour),
      }),
    decideAsk: async () => {
      const [asked] = await house.sql<{ id: string }>(
        'select id from cases.ask where case_id = $1 order by decided_at nulls first limit 1',
        [caseId],
      );
      return client.try(api.cases.decide, { id: asked?.id ?? randomUUID(), approve: true });
    },
    handle: () => client.try(api.cases.handled, { id: caseId, ...handled }),
    askPart: () =>
      client.try(api.cases.askPart, { id: caseId, lineId: house.line('L10'), unitId: null, task: '配送滤芯到工地' }),
    // Nobody here does a part or has taken anything over: parts.test.ts does.
    acceptPart: () => client.try(api.cases.acceptPart, { id: randomUUID() }),
    progressPart: () => client.try(api.cases.progressPart, { id: randomUUID(), text: '正在配送' }),
    finishPart: () => client.try(api.cases.finishPart, { id: randomUUID(), text: '滤芯已送到工地门口并签收。' }),
    handBack: () => client.try(api.cases.handBack, { id: caseId, why: '已经不忙了' }),
  };
  return (await deeds[act]()).status;
}

const byCode: Partial<Record<keyof Abilities, (client: Client, one: Given) => Promise<{ status: number }>>> = {
  judge: (client, { number, code }) =>
    client.try(api.requests.judgeByCode, { number, code, solved: false, why: '没有解决' }),
  confirm: (client, { number, code }) => client.try(api.requests.judgeByCode, { number, code, solved: true }),
  rate: (client, { number, code }) =>
    client.try(api.requests.rateByCode, { number, code, result: 4, speed: 4, attitude: 4 }),
  nudge: (client, { number, code }) => client.try(api.requests.nudgeByCode, { number, code }),
  withdraw: (client, { number, code }) => client.try(api.requests.withdrawByCode, { number, code }),
  message: (client, { number, code }) => client.try(api.requests.messageByCode, { number, code, text: '请问进展？' }),
};

/**
 * Every act once: those that are refused on one request, for a refusal changes nothing; each that is done on a new one.
 * @returns what disagreed
 */
async function disagreements(
  make: () => Promise<Given>,
  tried: (keyof Abilities)[],
  flagsOf: (one: Given) => Promise<Pick<RequestThread, 'can'>['can']>,
  deed: (act: keyof Abilities, one: Given) => Promise<number>,
): Promise<string[]> {
  const one = await make();
  const can = await flagsOf(one);
  const found: string[] = [];
  for (const act of tried.filter((name) => !can[name])) {
    const status = await deed(act, one);
    if (status < 400 || status >= 500) found.push(`${act}: not offered, ${status}`);
  }
  for (const act of tried.filter((name) => can[name])) {
    const fresh = await make();
    const status = await deed(act, fresh);
    if (status !== 200) found.push(`${act}: offered, ${status}`);
  }
  return found;
}

const readers = {
  'the requester': 'worker01',
  'a dispatcher': 'disp01',
  'the arbiter': 'disp00',
  'the line’s handler': 'ho-l11',
  'the site officer': 'site01',
  'the unit’s leader': 'lead04',
};

describe.each(Object.keys(standings))('a request that is %s', (standing) => {
  test.each(Object.entries(readers))('offers %s exactly what the commands accept', async (_, login) => {
    const client = await as(login);
    const flagsOf = async (one: Given) => {
      const reply = await client.try(api.requests.thread, { id: one.id });
      return reply.code === null ? reply.body.can : nothing;
    };
    expect(await disagreements(standings[standing]!, acts, flagsOf, (act, one) => perform(act, client, one))).toEqual(
      [],
    );
  });
});

test.each(Object.keys(standings))(
  'a request that is %s offers its query code exactly what the commands accept',
  async (standing) => {
    const visitor = await house.visitor();
    const flagsOf = async ({ number, code }: Given) => (await visitor.do(api.requests.follow, { number, code })).can;
    const tried = Object.keys(byCode) as (keyof Abilities)[];
    const deed = async (act: keyof Abilities, one: Given) => (await byCode[act]!(visitor, one)).status;
    expect(await disagreements(standings[standing]!, tried, flagsOf, deed)).toEqual([]);
  },
);

test('a browser on which staff worked on the request is not offered to withdraw it by its code', async () => {
  const one = await house.given.request();
  const desk = await as('disp01');
  const { version } = await house.standing(one.id);
  await desk.do(api.requests.setFacts, { id: one.id, version, priority: 'high' });
  const { can } = await desk.do(api.requests.follow, { number: one.number, code: one.code });
  expect(can).toMatchObject({ withdraw: false, nudge: true });
});
