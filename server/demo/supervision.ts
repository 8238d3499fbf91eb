/**
 * Supervised tasks, directives and hard problems of the demo world, played with the program's own commands in the order of
 * time: what a person did is done by that person, and what time does by itself is done at its moment.
 */
import { uuidv7 } from 'uuidv7';
import { accountByLogin, grantsOf, permissionsOf, resolveAreas } from '../modules/access/index.ts';
import { redoneTwice } from '../modules/ledger/index.ts';
import { type Directory, directory } from '../modules/organization/index.ts';
import { entriesOf, oftenReopened, type RequestRecord } from '../modules/requests/index.ts';
import { supervision as commands, openHardProblem, raiseTask, type TaskRaising } from '../modules/tasks/index.ts';
import { type Actor, system, visitor } from '../platform/actor.ts';
import type { Pool } from '../platform/database.ts';
import type { Context } from '../platform/serve.ts';
import { inStatement, inTransaction, type Tx } from '../platform/transaction.ts';
import { dayZero } from './organization.ts';

const hour = 3_600_000;
const day = 24 * hour;

async function actorOf(tx: Tx, login: string): Promise<Actor> {
  const account = await accountByLogin(tx, login);
  if (!account) throw new Error(`There is no account ${login} in the demo world.`);
  const areas = resolveAreas(await directory(tx), await grantsOf(tx, [account.id]));
  return {
    ...visitor('zh-CN'),
    kind: 'account',
    accountId: account.id,
    label: account.label,
    areas,
    permissions: permissionsOf(areas),
    homeNodeId: account.home_node_id,
  };
}

class Play {
  readonly #pool: Pool;
  readonly #steps: { at: number; by: string | null; run: (context: Context) => Promise<unknown> }[] = [];
  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** @param by login of who does it; null = the program by itself */
  at(ms: number, by: string | null, run: (context: Context) => Promise<unknown>): void {
    this.#steps.push({ at: ms, by, run });
  }

  /** What time did to the tasks up to this moment, each at its own. */
  async #timePasses(upTo: Date): Promise<void> {
    for (;;) {
      const next = await inStatement(this.#pool, (tx) => commands.nextToLookAt(tx, upTo));
      if (!next) return;
      await inTransaction(this.#pool, (tx) =>
        commands.lookAtTask({ tx, actor: system, now: next.next_look_at! }, next.id),
      );
    }
  }

  async perform(now: Date): Promise<void> {
    for (const step of this.#steps.sort((a, b) => a.at - b.at)) {
      if (step.at > now.getTime()) continue;
      await this.#timePasses(new Date(step.at));
      await inTransaction(this.#pool, async (tx) => {
        const actor = step.by === null ? system : await actorOf(tx, step.by);
        await step.run({ tx, actor, now: new Date(step.at) });
      });
    }
    await this.#timePasses(now);
  }
}

const idOf = async (tx: Tx, login: string): Promise<string> => (await accountByLogin(tx, login))!.id;
const versionOf = async (context: Context, id: string): Promise<number> =>
  (await commands.taskById(context.tx, id))!.version;

interface Stage {
  play: Play;
  dir: Directory;
  now: number;
}

type Wanted = Pick<TaskRaising, 'title' | 'criterion' | 'owner'> & Partial<TaskRaising>;
const node = (dir: Directory, code: string): number => dir.nodesByCode.get(code)!.id;
const line = (dir: Directory, code: string): number => dir.linesByCode.get(code)!.id;

/** Issues a task at a moment. @returns its id, known beforehand so that later steps can name it */
function raised({ play, dir }: Stage, at: number, by: string | null, days: number, wanted: Wanted): string {
  const id = uuidv7();
  play.at(at, by, (context) =>
    raiseTask(context, {
      source: { kind: 'instruction', id: '', label: '' },
      dueAt: new Date(at + days * day),
      priority: 'high',
      unitId: wanted.owner.unitId ?? null,
      siteId: null,
      class: 'normal',
      issuerNodeId: by?.startsWith('lead04') ? node(dir, 'U04') : undefined,
      ...wanted,
      id,
    }),
  );
  return id;
}

/** ST05: the crowded dormitory of U09-07, blue, red, a hard problem, solved by moving 24 beds. */
function crowdedDormitory(stage: Stage, denied: Denied | undefined): void {
  const { play, dir } = stage;
  const request = denied?.request;
  // The second denial raises the task, the third puts it on the list; where the history tells of none, the days of the story.
  const start = denied?.at[1]?.getTime() ?? dayZero(new Date(stage.now)).getTime() + 9 * day + 10 * hour;
  const opened = denied?.at[2]?.getTime() ?? start + 6 * day;
  const days = Math.min(4, Math.max(0.05, (0.8 * (opened - start)) / day));
  const place = { unitId: node(dir, 'U09'), siteId: node(dir, 'U09-07') };
  const source = { kind: 'request' as const, id: request?.id ?? '', label: request?.number ?? 'U09-07 宿舍诉求' };
  const task = raised(stage, start, null, days, {
    ...place,
    source,
    once: request && `ledger.${request.id}.task`,
    title: {
      zh: 'U09-07 宿舍拥挤两次重办仍未解决',
      en: 'U09-07: crowded dormitory, not solved after being redone twice',
    },
    criterion: {
      zh: '每间不超过 6 人、人均不少于 2.5 平方米，附逐间清单',
      en: 'At most 6 to a room and 2.5 m² each, with a list room by room',
    },
    owner: { lineId: line(dir, 'L11'), unitId: place.unitId },
  });
  play.at(start + Math.min(3 * hour, (days * day) / 8), 'u09-l11', (context) => commands.receive(context, task));
  play.at(start + Math.min(30, 12 * days) * hour, 'u09-l11', (context) =>
    commands.progress(context, {
      id: task,
      text: '已清点：32 间超员 24 人，周边没有空余板房。',
      milestoneIds: [],
      fileIds: [],
    }),
  );
  const problem = uuidv7();
  play.at(opened, null, (context) =>
    openHardProblem(context, {
      ...place,
      id: problem,
      source,
      title: { zh: 'U09-07 宿舍拥挤：没有空余床位', en: 'U09-07: crowded dormitory, no beds to spare' },
      matter: '三次重办：现场腾不出房，跨单位调剂没有先例，搬离要与施工组织一起动。',
      class: 'normal',
      once: request && `ledger.${request.id}.hard_problem`,
    }),
  );
  play.at(opened + hour, 'lead00', async (context) =>
    commands.linkRecord(context, problem, (await commands.taskById(context.tx, task))!.number),
  );
  play.at(opened + 2 * hour, 'lead00', async (context) => {
    await commands.addMember(context, { id: problem, accountId: await idOf(context.tx, 'hand11'), leads: true });
    await commands.addMember(context, { id: problem, accountId: await idOf(context.tx, 'u09-l03'), leads: false });
    await commands.addMember(context, { id: problem, accountId: await idOf(context.tx, 'ho-l04'), leads: false });
    await commands.addMember(context, {
      id: problem,
      accountId: await idOf(context.tx, 'u04-l11'),
      leads: false,
      returnDue: new Date(opened + 20 * day).toISOString(),
    });
  });
  play.at(opened + 2 * day, 'hand11', (context) =>
    commands.recordMovement(context, { id: problem, direction: 'worse', text: '又有 6 人返场，超员增到 30 人。' }),
  );
  play.at(opened + 5 * day, 'hand11', (context) =>
    commands.recordMovement(context, {
      id: problem,
      direction: 'better',
      text: '公路公司腾出 4 间板房，24 张床当天移出。',
    }),
  );
  play.at(opened + 5 * day + 2 * hour, 'u09-l11', async (context) => {
    const number = (await commands.taskById(context.tx, task))!.number;
    await commands.submit(context, {
      id: task,
      version: await versionOf(context, task),
      text: '24 张床移到公路公司板房，32 间全部不超过 6 人，逐间清单由工地留存。',
      fileIds: [],
      references: [number],
    });
  });
  play.at(opened + 6 * day, 'lead00', async (context) =>
    commands.accept(context, task, await versionOf(context, task), '逐间清单与现场抽查一致。'),
  );
  play.at(opened + 18 * day, 'lead00', async (context) => {
    const row = (await commands.problemById(context.tx, problem))!;
    const lent = (await commands.membersOf(context.tx, [problem])).find((one) => one.return_due !== null)!;
    await commands.endMember(context, problem, lent.id);
    await commands.closeProblem(context, {
      id: problem,
      version: row.version + 1,
      text: '24 张床已移出，住了十二天，住的人说够宽了。',
      fileIds: [],
      references: [(await commands.taskById(context.tx, task))!.number],
    });
  });
}

/** Login of the handler who holds the post it lies with. */
const handlerOf = (dir: Directory, r: RequestRecord): string => {
  const unit = r.lead_unit_id === null ? 'ho' : dir.nodes.get(r.lead_unit_id)!.code.toLowerCase();
  return `${unit}-${dir.lines.get(r.line_id!)!.code.toLowerCase()}`;
};

/** A need whose thread says "not solved", with the moments at which it was said. */
interface Denied {
  request: RequestRecord;
  at: Date[];
}

const drawnFrom = (r: RequestRecord): Pick<TaskRaising, 'source' | 'owner' | 'unitId' | 'siteId' | 'class'> => ({
  source: { kind: 'request', id: r.id, label: r.number },
  owner: { lineId: r.line_id, unitId: r.lead_unit_id },
  unitId: r.unit_id,
  siteId: r.site_id,
  class: r.class,
});

/** What was reopened and stands open is supervised by the dispatchers' lead, each as far as it has come. */
function reopenedNow({ play, dir, now }: Stage, denied: Denied[]): void {
  const stage = { play, dir, now };
  const days = [0.12, 0.4, 1, 0.3];
  for (const [i, { request: r, at: said }] of denied.slice(0, days.length).entries()) {
    const at = said.at(-1)!.getTime() + hour / 3;
    const task = raised(stage, at, 'disp00', days[i]!, {
      ...drawnFrom(r),
      title: `${r.number} 重办后仍未解决`,
      criterion: '本人或线外随访确认解决；写明前几次为什么没有办成、这次改了哪 1 项做法',
    });
    const owner = handlerOf(dir, r);
    if (i > 0) play.at(at + hour / 4, owner, (context) => commands.receive(context, task));
    if (i === 3)
      play.at(at + hour, owner, async (context) =>
        commands.submit(context, {
          id: task,
          version: await versionOf(context, task),
          text: '已换做法：由班组长陪同逐户核对，结果写在诉求里。',
          fileIds: [],
          references: [r.number],
        }),
      );
  }
}

/** What was reopened twice was supervised by itself, and accepted once the person had said it is solved. */
function reopenedTwice(stage: Stage, denied: Denied[]): void {
  const { play, dir } = stage;
  for (const { request: r, at: said } of denied) {
    const task = raised(stage, said[1]!.getTime() + 1000, null, 3, {
      ...drawnFrom(r),
      ...redoneTwice(r.number),
      once: `ledger.${r.id}.task`,
    });
    const owner = handlerOf(dir, r);
    play.at(said[1]!.getTime() + hour, owner, (context) => commands.receive(context, task));
    const solved = Math.max(r.closed_at!.getTime(), said[1]!.getTime() + 2 * hour) + hour;
    play.at(solved, owner, async (context) =>
      commands.submit(context, {
        id: task,
        version: await versionOf(context, task),
        text: '本人已确认解决；前两次只修了表面，这次换了整段。',
        fileIds: [],
        references: [r.number],
      }),
    );
    play.at(solved + 5 * hour, 'lead01', async (context) =>
      commands.accept(context, task, await versionOf(context, task), '诉求经过与报送一致，本人已确认。'),
    );
  }
}

/** Two directives: where each paragraph leads; one still leads nowhere. */
function directives(stage: Stage): void {
  const { play, dir, now } = stage;
  const year = new Date(now).getUTCFullYear();
  const enter = (at: number, number: number, title: string, paragraphs: string[]): string => {
    const id = uuidv7();
    play.at(at, 'lead00', (context) =>
      commands.enterDirective(context, {
        id,
        title,
        documentNumber: `汀澜综保〔${year}〕${number}号`,
        issuedBy: '集团党委',
        issuedAt: new Date(at - 2 * hour).toISOString(),
        paragraphs,
      }),
    );
    return id;
  };
  const map = (at: number, directive: string, n: number, task: string): void =>
    play.at(at, 'lead00', async (context) =>
      commands.mapTo(context, (await commands.paragraphsOf(context.tx, [directive]))[n - 1]!.id, task),
    );

  const first = now - 12 * day;
  const housing = enter(first, 18, '关于抓实板房区住宿和热水保障的通知', [
    '一、各单位对板房区逐间清点，每间不超过 6 人，人均不少于 2.5 平方米。',
    '二、热水 24 小时供应，停水停电 2 小时内有替代办法。',
    '三、此前印发的住宿保障通知同时废止。',
  ]);
  const counted = raised(stage, first + hour, 'lead00', 8, {
    source: { kind: 'directive', id: housing, label: `汀澜综保〔${year}〕18号` },
    title: '板房区逐间清点',
    criterion: '10 个单位全部报清点表，超员房间列出处置日期',
    owner: { lineId: line(dir, 'L11'), unitId: null },
  });
  const water = raised(stage, first + hour, 'lead00', 14, {
    source: { kind: 'directive', id: housing, label: `汀澜综保〔${year}〕18号` },
    title: '热水 24 小时供应',
    criterion: '120 个工地热水可用率 100%，停供 2 小时内有替代',
    owner: { lineId: line(dir, 'L08'), unitId: null },
    milestones: [{ dueAt: new Date(first + 7 * day), what: '备用锅炉到位 6 台' }],
  });
  map(first + 2 * hour, housing, 1, counted);
  map(first + 2 * hour, housing, 2, water);
  play.at(first + 3 * hour, 'lead00', async (context) =>
    commands.signNothing(
      context,
      (await commands.paragraphsOf(context.tx, [housing]))[2]!.id,
      '仅说明旧文件废止，不需另行办理。',
    ),
  );
  play.at(first + 4 * hour, 'ho-l11', (context) => commands.receive(context, counted));
  // Received without a word; the first sign of work comes a day later.
  play.at(first + 26 * hour, 'ho-l08', (context) =>
    commands.progress(context, {
      id: water,
      text: '各工地锅炉清单已收齐，缺 6 台备用。',
      milestoneIds: [],
      fileIds: [],
    }),
  );
  play.at(first + 5 * day, 'ho-l11', async (context) =>
    commands.submit(context, {
      id: counted,
      version: await versionOf(context, counted),
      text: '10 个单位清点表已收齐，超员 3 处均有处置日期。',
      fileIds: [],
      references: [(await commands.taskById(context.tx, counted))!.number],
    }),
  );
  play.at(first + 6 * day, 'lead01', async (context) =>
    commands.accept(context, counted, await versionOf(context, counted), '抽查 2 个单位，与现场一致。'),
  );

  const second = now - 4 * day;
  const restart = enter(second, 23, '关于做好复工前生活保障准备的通知', [
    '一、返岗人员到场前 3 天，床位、餐食、防疫物资到位。',
    '二、临时隔离间按返岗人数 3% 备足，不少于 2 间。',
    '三、对困难职工逐一摸底，一人一策。',
  ]);
  const ready = raised(stage, second + 5 * hour, 'lead00', 6, {
    source: { kind: 'directive', id: restart, label: `汀澜综保〔${year}〕23号` },
    title: '返岗前床位、餐食、物资到位',
    criterion: '返岗前 3 天三项核对单签字率 100%',
    owner: { lineId: line(dir, 'L10'), unitId: null },
  });
  map(second + 6 * hour, restart, 1, ready);
  map(second + 6 * hour, restart, 2, ready);
  play.at(second + 7 * hour, 'hand10', (context) => commands.receive(context, ready));
}

/** What leaders asked for these days. */
function instructions(stage: Stage): void {
  const { play, dir, now } = stage;
  const unit = node(dir, 'U04');
  const meal = raised(stage, now - 30 * hour, 'lead04', 2, {
    title: '夜班送餐改到作业面',
    criterion: '连续 3 天夜班餐 23:30 前送到作业面，附签收单',
    owner: { lineId: line(dir, 'L11'), unitId: unit },
    priority: 'normal24',
  });
  play.at(now - 28 * hour, 'u04-l11', (context) => commands.receive(context, meal));
  play.at(now - 10 * hour, 'u04-l11', (context) =>
    commands.progress(context, { id: meal, text: '昨晚已试送一次，23:10 到。', milestoneIds: [], fileIds: [] }),
  );
  raised(stage, now - 2 * hour, 'lead00', 3, {
    source: { kind: 'resolution', id: '', label: '综合保障专题会议纪要第 6 期第 4 项' },
    title: '口罩储备按 14 天重新测算',
    criterion: '3 天内交 12 个仓库的测算表',
    owner: { lineId: line(dir, 'L10'), unitId: null },
  });
  raised(stage, now - 20 * hour, 'disp00', 1, {
    source: { kind: 'measure', id: '', label: 'U07 工地措施第 12 条' },
    title: '生活区消毒记录补齐',
    criterion: '补齐 7 天消毒记录并拍照',
    owner: { unitId: node(dir, 'U07') },
  });
  const unsettled = uuidv7();
  const opened = now - 9 * day;
  play.at(opened, 'lead00', (context) =>
    commands.openProblem(context, {
      id: unsettled,
      title: '跨板块夜间班车没有人牵头',
      matter: '路桥与环境两个板块各跑各的，夜班 22 点后 4 个工地没有车；试过拼车，保险谈不下来。',
      requiredClasses: ['party', 'business'],
    }),
  );
  play.at(opened + hour, 'lead00', async (context) => {
    await commands.addMember(context, { id: unsettled, accountId: await idOf(context.tx, 'hand10'), leads: true });
    await commands.addMember(context, {
      id: unsettled,
      accountId: await idOf(context.tx, 'u07-l15'),
      leads: false,
      returnDue: new Date(now - day).toISOString(),
    });
  });
  play.at(opened + 2 * day, 'hand10', (context) =>
    commands.recordMovement(context, { id: unsettled, direction: 'same', text: '保险方案在比价，还没有结论。' }),
  );
}

/** Needs reopened at least so often that are in no confidence, with somebody at their post, the latest first. */
async function deniedSince(tx: Tx, dir: Directory, times: number): Promise<Denied[]> {
  const found: Denied[] = [];
  for (const r of await oftenReopened(tx, times, 200)) {
    if (r.class !== 'normal' || r.confidentiality !== 'open' || r.line_id === null) continue;
    if (!(await accountByLogin(tx, handlerOf(dir, r)))) continue;
    const said = (await entriesOf(tx, [r.id])).filter((entry) => entry.kind === 'not_solved').map((entry) => entry.at);
    if (said.length >= times) found.push({ request: r, at: said });
  }
  return found;
}

/** Gives the loaded demo world its supervised tasks, directives and hard problems, up to now. */
export async function playSupervision(pool: Pool, now: Date): Promise<void> {
  const { dir, once, twice } = await inStatement(pool, async (tx) => {
    const dir = await directory(tx);
    return { dir, once: await deniedSince(tx, dir, 1), twice: await deniedSince(tx, dir, 2) };
  });
  const stage: Stage = { play: new Play(pool), dir, now: now.getTime() };
  const dormitory = dir.nodesByCode.get('U09-07')!.id;
  const crowded = twice.find(({ request, at }) => request.site_id === dormitory && at.length >= 3);
  crowdedDormitory(stage, crowded);
  reopenedTwice(
    stage,
    twice
      .filter((one) => one !== crowded && one.request.state === 'resolved_confirmed' && one.request.closed_at)
      .slice(0, 4),
  );
  reopenedNow(
    stage,
    once
      .filter(({ request }) => ['in_work', 'reopened'].includes(request.state))
      .sort((a, b) => a.at.at(-1)!.getTime() - b.at.at(-1)!.getTime()),
  );
  directives(stage);
  instructions(stage);
  await stage.play.perform(now);
}
