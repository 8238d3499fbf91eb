import { reportEndpoints as api } from '../../../contract/reports.ts';
import { sameHand } from '../../platform/actor.ts';
import { provideHearers } from '../../platform/live.ts';
import { type Desk, serve } from '../../platform/serve.ts';
import { directory } from '../organization/index.ts';
import { allStages } from '../stages/index.ts';
import { approve, chase, check } from './checking.ts';
import { retireForm, saveForm, startForm } from './designing.ts';
import { file } from './filing.ts';
import { takenAlready, versionView } from './forms.ts';
import { dayView, filingView, matrixView } from './live.ts';
import { toFile } from './mine.ts';
import { provideReportsToDuty, provideReportsToStages } from './neighbours.ts';
import { allConcepts, allForms, allFormVersions, filingsByIds } from './queries.ts';
import { filesAt, reads } from './record.ts';
import { setCrews, setOffice } from './sites.ts';
import { openDay } from './sweeps.ts';

const done = { done: true as const };

/** Reports of sites and units: forms that are data, filings with all their versions, and who has not sent any. */
export function mountReports(desk: Desk): void {
  provideReportsToStages();
  provideReportsToDuty();
  provideHearers('filing', async (tx, ids) => {
    const dir = await directory(tx);
    const places = new Map((await filingsByIds(tx, ids)).map((one) => [one.id, one.node_id]));
    return (actor, id) => {
      const nodeId = places.get(id);
      return nodeId !== undefined && (reads(dir, actor, nodeId) || filesAt(dir, actor, nodeId));
    };
  });
  provideHearers(
    'report_form',
    async () => (actor) => actor.permissions.has('reports.file') || actor.permissions.has('reports.read'),
  );

  serve(desk, api.mine, async ({ tx, actor, now }) => ({
    asOf: now.toISOString(),
    forms: await toFile(tx, actor, now),
  }));
  // A version has an id of its own, by which it is one however often it comes; what was written is kept nowhere else.
  serve(desk, api.file, file, { privateAnswer: true });

  serve(desk, api.setCrews, async (context, input) => {
    await setCrews(context, input);
    return done;
  });
  serve(desk, api.setOffice, async (context, input) => {
    await setOffice(context, input);
    return done;
  });

  serve(desk, api.day, ({ tx, actor, now }, input) => dayView(tx, actor, now, input));
  serve(desk, api.matrix, ({ tx, actor, now }, { form }) => matrixView(tx, actor, now, form));
  serve(desk, api.filing, ({ tx, actor, now }, { id }) => filingView(tx, actor, now, id));
  serve(desk, api.check, async (context, input) => {
    await check(context, input);
    return done;
  });
  serve(desk, api.approve, async (context, input) => {
    await approve(context, input);
    return done;
  });
  serve(desk, api.chase, chase);

  // ---- the registry of forms

  serve(desk, api.forms, async ({ tx, actor }) => {
    const versions = await allFormVersions(tx);
    const designs = actor.permissions.has('reports.design');
    return {
      forms: (await allForms(tx)).map((form) => ({
        code: form.code,
        filedFor: form.filed_for as 'site',
        rhythm: form.rhythm as 'daily',
        state: form.state as 'draft',
        retired: form.retired_at && {
          by: form.retired_label ?? '',
          at: form.retired_at.toISOString(),
          words: form.retired_words ?? '',
        },
        versions: versions
          .filter((one) => one.form_code === form.code && (designs || one.state !== 'draft'))
          .map((one) => ({
            ...versionView(form, one),
            state: one.state as 'draft',
            designedBy: one.designed_label,
            designedAt: one.designed_at.toISOString(),
            startedBy: one.started_label,
            startedAt: one.started_at?.toISOString() ?? null,
            can: {
              change: designs && form.state !== 'retired',
              start: designs && one.state === 'draft' && !sameHand(actor, one.designed_by, one.designed_at),
            },
          })),
      })),
      concepts: (await allConcepts(tx)).map((one) => ({
        key: one.key,
        zh: one.zh,
        en: one.en,
        aliases: one.aliases,
        knownFrom: one.known_from,
        form: one.form_code,
        itemKey: one.item_key,
      })),
      stages: (await allStages(tx)).map(({ code, zh, en }) => ({ code, zh, en })),
      can: { design: designs },
    };
  });

  serve(desk, api.nearness, async ({ tx }, input) => {
    const current = (await allFormVersions(tx)).filter((one) => one.state !== 'former');
    return {
      found: takenAlready(
        await allConcepts(tx),
        current.map((one) => ({ code: one.form_code, zh: one.zh, en: one.en })),
        input,
      ),
    };
  });

  serve(desk, api.saveForm, saveForm);
  serve(desk, api.startForm, async (context, input) => {
    await startForm(context, input);
    await openDay(context);
    return done;
  });
  serve(desk, api.retireForm, async (context, input) => {
    await retireForm(context, input);
    return done;
  });
}
