import { uuidv7 } from 'uuidv7';
import { hashPassword, insertAccounts, insertGrants } from '../modules/access/index.ts';
import { loadHolidays } from '../modules/clocks/index.ts';
import { insertArticles } from '../modules/knowledge/index.ts';
import { savePlaces } from '../modules/open311/index.ts';
import { directory, forgetDirectory, insertNodes, insertPoints, upsertPersons } from '../modules/organization/index.ts';
import { forgetTimeline, insertPeriods } from '../modules/stages/index.ts';
import { insertWords } from '../modules/triage/index.ts';
import { openInitials } from '../platform/initials.ts';
import { writeSetting } from '../platform/setting.ts';
import type { Tx } from '../platform/transaction.ts';
import { loadCrews } from './crews.ts';
import { backgroundStaff } from './people.ts';
import { insertStandardForms } from './standard-forms.ts';
import { insertStandardWork } from './standard-work.ts';
import { vocabulary } from './vocabulary.ts';
import type { World } from './world.ts';

const day = 86_400_000;

const sitePoints = [
  ['大门', 'Gate'],
  ['食堂', 'Canteen'],
  ['生活区', 'Living area'],
  ['作业面', 'Work face'],
] as const;

/** Midnight in Shanghai (no daylight saving) on the day this instant falls in. */
export const shanghaiMidnight = (at: Date): Date =>
  new Date(Math.floor((at.getTime() + 8 * 3_600_000) / day) * day - 8 * 3_600_000);

/** d0 of the story: the day the group enters S2, 75 days ago. */
export const dayZero = (now: Date): Date => new Date(shanghaiMidnight(now).getTime() - 75 * day);

/**
 * Loads the organisation, categories, stages, articles, roster and accounts of the demo world in one transaction.
 * @returns the one password of the demo accounts, to be shown once
 */
export async function loadOrganization(tx: Tx, world: World, now: Date, password: string): Promise<void> {
  const { group } = world;
  await writeSetting(tx, 'group', {
    zh: group.zh,
    en: group.en,
    short: group.zh_short,
    timezone: group.timezone,
    hotline: group.hotline_ext,
    careLine: group.care_line_ext,
    oversightLine: group.clue_line_ext,
    prefix: group.code,
  });
  await writeSetting(tx, 'demo', true);

  const initialsOf = await openInitials();
  const node = (
    kind: string,
    row: { code: string; zh: string; en: string },
    parent: number | null,
    more: { site_kind?: string; heads?: number; x?: number; y?: number; facts?: object } = {},
  ) => ({
    kind,
    code: row.code,
    zh: row.zh,
    en: row.en,
    initials: initialsOf(row.zh),
    parent_id: parent,
    site_kind: more.site_kind ?? null,
    heads: more.heads ?? null,
    x: more.x?.toFixed(1) ?? null,
    y: more.y?.toFixed(1) ?? null,
    facts: JSON.stringify(more.facts ?? {}),
  });
  const ids = new Map<string, number>();
  const keep = (rows: { id: number; code: string }[]): void => {
    for (const row of rows) ids.set(row.code, row.id);
  };
  keep(await insertNodes(tx, [node('group', { code: group.code, zh: group.zh, en: group.en }, null)]));
  keep(
    await insertNodes(
      tx,
      world.sectors.map((sector) => node('sector', sector, ids.get(group.code)!)),
    ),
  );
  keep(
    await insertNodes(
      tx,
      world.units.map((unit) =>
        node('unit', { ...unit, zh: unit.zh_short }, ids.get(unit.sector)!, {
          facts: { full: unit.zh, own_staff: unit.own_staff },
        }),
      ),
    ),
  );
  keep(
    await insertNodes(
      tx,
      world.sites.map((site) =>
        node('site', site, ids.get(site.unit)!, {
          site_kind: site.kind,
          heads: site.heads,
          x: site.x,
          y: site.y,
          facts: { district: site.district, own: site.own, lifeline: site.lifeline },
        }),
      ),
    ),
  );
  // The group's map in km, laid out in the open sea: no real place is meant.
  await savePlaces(
    tx,
    world.sites.map((site) => ({
      site_id: ids.get(site.code)!,
      lat: (29 + site.y / 111.32).toFixed(6),
      long: (126 + site.x / 97.3).toFixed(6),
    })),
  );
  await insertPoints(
    tx,
    world.sites.flatMap((site) => sitePoints.map(([zh, en]) => ({ site_id: ids.get(site.code)!, zh, en }))),
  );

  const { categories: filed, lineIds } = await insertStandardWork(tx, world, { extensions: true });
  await loadHolidays(tx, world.holidays);
  const d0 = dayZero(now).getTime();
  const timeline = world.generator.timeline;
  await insertStandardForms(tx, new Date(d0 + timeline[0]!.from * day));
  await insertPeriods(
    tx,
    timeline.map(({ from, stage }, i) => ({
      id: uuidv7(),
      node_id: ids.get(group.code)!,
      stage_code: stage,
      from_at: new Date(d0 + from * day),
      to_at: i + 1 < timeline.length ? new Date(d0 + timeline[i + 1]!.from * day) : null,
      basis: `汀澜综保〔示例〕${i + 1}号`,
    })),
  );
  await insertWords(
    tx,
    filed.map(({ id, code }) => ({
      category_id: id,
      keywords: [...vocabulary[code]!.keywords],
      examples: [...vocabulary[code]!.examples],
      changed_at: now,
      changed_by: null,
    })),
  );

  const named = [...world.accounts, ...world.accounts_more].map((account, i) => ({
    ...account,
    line: /^hand(\d\d)$/.exec(account.login) ? `L${account.login.slice(4)}` : null,
    staffNo: `TL99-${String(i + 1).padStart(4, '0')}`,
  }));
  // Line deputies lead a line, a role that later modules bring; until then they hold no grant.
  const staff = backgroundStaff(world).filter((row) => !(row.role === 'group_leader' && row.line));
  const people = [...named, ...staff];
  const passwordHash = await hashPassword(password);
  const home = (row: { unit: string | null; site: string | null }): number =>
    ids.get(row.site ?? row.unit ?? group.code)!;
  const persons = new Map(
    (
      await upsertPersons(
        tx,
        people.map((row) => ({
          id: uuidv7(),
          staff_no: row.staffNo,
          label: row.label,
          node_id: home(row),
          post: row.role,
        })),
      )
    ).map((row) => [row.staff_no, row.id]),
  );
  const accounts = people.map((row) => ({ ...row, id: uuidv7() }));
  await insertAccounts(
    tx,
    accounts.map((row) => ({
      id: row.id,
      login: row.login,
      label: row.label,
      person_id: persons.get(row.staffNo)!,
      home_node_id: home(row),
      password_hash: passwordHash,
      must_change_password: false,
      created_at: now,
    })),
  );
  await insertGrants(
    tx,
    accounts.map((row) => ({
      id: uuidv7(),
      account_id: row.id,
      role: row.role,
      node_id: home(row),
      line_id: row.line ? lineIds.get(row.line)! : null,
      granted_by: null,
      granted_at: now,
    })),
  );
  // The categories were written in this very transaction.
  forgetDirectory();
  const dir = await directory(tx);
  const categories = new Map([...dir.categories.values()].map((one) => [one.code, one.id]));
  const owners = accounts.filter((row) => ['operator', 'dispatcher', 'dispatcher_lead'].includes(row.role));
  await insertArticles(
    tx,
    world.kb_articles.map((row, i) => {
      const owner = owners[i % owners.length]!;
      return {
        code: row.code,
        zh: row.zh,
        en: row.en,
        body_zh: row.body_zh,
        body_en: row.body_en,
        keywords: row.keywords,
        category_id: row.category ? categories.get(row.category)! : null,
        owner_id: owner.id,
        owner_label: owner.label,
        // Spread over half a year; one is due today, the next is overdue, as some are everywhere.
        review_by: new Date(now.getTime() + (i === 0 ? 0 : i * 13 - 20) * day).toISOString().slice(0, 10),
        at: new Date(d0 - 30 * day),
      };
    }),
  );
  await loadCrews(tx, now);
  forgetDirectory();
  forgetTimeline();
}
