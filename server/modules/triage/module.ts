import { triageEndpoints as api, surenessOf } from '../../../contract/triage.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { type Desk, serve } from '../../platform/serve.ts';
import { labelsOf } from '../access/index.ts';
import { dispatch } from '../cases/index.ts';
import { provideDeciders } from '../followups/index.ts';
import { directory } from '../organization/index.ts';
import {
  checkVersion,
  contentOf,
  lockRequest,
  noteDevice,
  readerOf,
  readRequest,
  requestsByIds,
  setFacts,
  sightOf,
  whenSealed,
} from '../requests/index.ts';
import type { Classifier } from './classifier.ts';
import {
  agreement,
  allRules,
  allWords,
  confusions,
  countDecisionsSince,
  decisionsLike,
  dispatchedBy,
  dispatchersByRule,
  dropSuggestions,
  latestModel,
  suggestionsOf,
  wordsOf,
} from './queries.ts';
import { endRule, makeRule, putInForce, tryRule } from './rules.ts';
import { sealedLineOf } from './sealed.ts';
import { suggestFrom, suggestionView } from './suggesting.ts';
import { isTraining, trainNow } from './training.ts';
import { setWords } from './words.ts';

const done = { done: true as const };
const dayMs = 86_400_000;
const listed = 200;

export function mountTriage(desk: Desk, deps: { classifier: Classifier; log: (line: string) => void }): void {
  const { classifier } = deps;
  const train = (): void =>
    void trainNow(desk.pool, desk.now()).catch((error: Error) => deps.log(`training: ${error.message}`));

  provideDeciders('triage', dispatchersByRule);
  whenSealed('triage', async ({ tx }, r) => void (await dropSuggestions(tx, [r.id])));

  serve(desk, api.ofRequest, async ({ tx, actor, now }, { id }) => {
    const { r, reader } = await readRequest(tx, actor, id);
    if (reader !== 'dispatcher') throw notFound();
    const dir = await directory(tx);
    const classOf = (code: string) => dir.categoriesByCode.get(code)?.recordClass;
    const ready = await classifier.ready(tx);
    const content = sightOf(reader, r).original ? (await contentOf(tx, [id]))[0] : undefined;
    const sealed = ready && content ? sealedLineOf(ready.guess(content.text), classOf) : null;
    const row = (await suggestionsOf(tx, [id])).get(id);
    const open = r.class === 'normal' && r.confidentiality !== 'confidential';
    return { suggestion: row && open ? await suggestionView(tx, dir, r, row, now) : null, sealed };
  });

  serve(desk, api.accept, async (context, { id, version, categoryId, priority, lineId, unitId, coLineIds }) => {
    const { tx, actor, now } = context;
    const found = await lockRequest(tx, id);
    if (!found || readerOf(actor, found) !== 'dispatcher') throw notFound();
    checkVersion(found, version);
    await noteDevice(context, [id]);
    const dir = await directory(tx);
    const row = (await suggestionsOf(tx, [id])).get(id);
    const seen = row && (await suggestionView(tx, dir, found, row, now));
    if (!seen || seen.categories[0]!.categoryId !== categoryId || seen.lineId !== lineId || seen.unitId !== unitId)
      throw conflict('suggestion_changed');
    // Nobody is made to wait by a suggestion: a request that was raised stays raised.
    const raised = priority === 'urgent' || found.priority === 'urgent' ? ('urgent' as const) : undefined;
    const changes = {
      ...(categoryId === found.category_id ? {} : { categoryId }),
      ...(raised && raised !== found.priority ? { priority: raised } : {}),
    };
    if (Object.keys(changes).length > 0) await setFacts(context, dir, found, { id, version, ...changes });
    return { caseId: await dispatch(context, dir, (await lockRequest(tx, id))!, { lineId, unitId }, null, coLineIds) };
  });

  serve(
    desk,
    api.ofText,
    async ({ tx }, { text }) => {
      const ready = await classifier.ready(tx);
      if (!ready) return { categories: [], sureness: 'low' as const, reasons: [], sealed: null };
      const dir = await directory(tx);
      const { categories, reasons } = suggestFrom(ready, dir, text);
      const sealed = sealedLineOf(ready.guess(text), (code) => dir.categoriesByCode.get(code)?.recordClass);
      return { categories, reasons, sealed, sureness: surenessOf(categories[0]?.p ?? 0) };
    },
    { oneStatement: true, privateAnswer: true },
  );

  serve(desk, api.overview, async ({ tx, now }, { days }) => {
    const since = new Date(now.getTime() - days * dayMs);
    const dir = await directory(tx);
    const [model] = await latestModel(tx, []);
    const rows = new Map((await agreement(tx, [since])).map((row) => [row.category_id, row]));
    const words = new Map((await allWords(tx)).map((row) => [row.category_id, row]));
    const byCategory = [...dir.categories.values()]
      .filter((category) => category.parentId !== null)
      .map((category) => ({
        categoryId: category.id,
        decided: Number(rows.get(category.id)?.decided ?? 0),
        accepted: Number(rows.get(category.id)?.accepted ?? 0),
        keywords: words.get(category.id)?.keywords.length ?? 0,
        examples: words.get(category.id)?.examples.length ?? 0,
      }));
    const total = (of: 'decided' | 'accepted'): number => byCategory.reduce((sum, row) => sum + row[of], 0);
    return {
      model: model
        ? {
            version: model.version,
            trainedAt: model.trained_at.toISOString(),
            messages: model.messages,
            written: model.written,
            rightFirst: model.right_first,
            rightThree: model.right_three,
            seconds: model.took_ms / 1000,
            since: Number((await countDecisionsSince(tx, [model.learnt_until]))[0]!.n),
          }
        : null,
      training: isTraining(desk.pool),
      decided: total('decided'),
      accepted: total('accepted'),
      byCategory,
      confusions: (await confusions(tx, [since])).map((row) => ({
        suggestedId: row.suggested_id,
        categoryId: row.category_id,
        times: Number(row.times),
      })),
    };
  });

  serve(desk, api.decisions, async ({ tx, now }, { days, categoryId, suggestedId, accepted, ruleId }) => {
    const since = new Date(now.getTime() - days * dayMs);
    const agreed = accepted === undefined ? null : accepted === 'yes';
    const rows = ruleId
      ? (await dispatchedBy(tx, ruleId, listed + 1)).map((row) => ({
          ...row,
          suggested_id: null,
          p: null,
          category_id: null,
          by_rule: ruleId,
        }))
      : await decisionsLike(tx, [since, categoryId ?? null, suggestedId ?? null, agreed, listed + 1]);
    const records = new Map(
      (
        await requestsByIds(
          tx,
          rows.map((row) => row.request_id),
        )
      ).map((r) => [r.id, r]),
    );
    return {
      decisions: rows.slice(0, listed).flatMap((row) => {
        const r = records.get(row.request_id);
        // What has become personal or confidential since stands in no list.
        if (r?.class !== 'normal' || r.confidentiality === 'confidential') return [];
        return [
          {
            requestId: r.id,
            number: r.number,
            at: row.at.toISOString(),
            suggestedId: row.suggested_id,
            p: row.p,
            categoryId: row.category_id ?? r.category_id,
            byRule: row.by_rule !== null,
          },
        ];
      }),
      more: rows.length > listed,
    };
  });

  serve(desk, api.words, async ({ tx }, { categoryId }) => {
    if (!(await directory(tx)).categories.get(categoryId)?.parentId) throw notFound();
    const row = await wordsOf(tx, categoryId);
    return {
      keywords: row?.keywords ?? [],
      examples: row?.examples ?? [],
      version: row?.version ?? 0,
      changedAt: row?.changed_at.toISOString() ?? null,
    };
  });
  serve(desk, api.setWords, async (context, input) => {
    await setWords(context, await directory(context.tx), input);
    return done;
  });
  serve(desk, api.train, async () => {
    train();
    return done;
  });

  serve(desk, api.rules, async ({ tx }) => {
    const rows = await allRules(tx);
    const people = await labelsOf(
      tx,
      rows.map((row) => row.made_by),
    );
    const labels = new Map(people.map((row) => [row.id, row.label]));
    return {
      rules: rows.map((row) => ({
        id: row.id,
        categoryId: row.category_id,
        unitId: row.unit_id,
        leastP: row.least_p,
        mostPriority: row.most_priority as 'high',
        state: row.state as 'draft',
        version: row.version,
        madeAt: row.made_at.toISOString(),
        madeBy: labels.get(row.made_by) ?? '',
        simulatedAt: row.simulated_at?.toISOString() ?? null,
        inForceAt: row.in_force_at?.toISOString() ?? null,
        dispatched: Number(row.dispatched ?? 0),
      })),
    };
  });
  serve(desk, api.makeRule, async (context, input) => ({
    id: await makeRule(context, await directory(context.tx), input),
  }));
  serve(desk, api.tryRule, async (context, { id }) => tryRule(context, await directory(context.tx), id));
  serve(desk, api.putInForce, async (context, { id, version }) => {
    await putInForce(context, id, version);
    return done;
  });
  serve(desk, api.endRule, async (context, { id, version }) => {
    await endRule(context, id, version);
    return done;
  });
}
