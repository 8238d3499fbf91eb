import { isAsked } from '../../../contract/report-checks.ts';
import type { FormVersion } from '../../../contract/reports.ts';
import type { Tx } from '../../platform/transaction.ts';
import { provideDutyList } from '../duty/index.ts';
import { directory } from '../organization/index.ts';
import { provideStageEffect } from '../stages/index.ts';
import { dayOf } from './calendar.ts';
import { formsInUse } from './forms.ts';
import { filersOf } from './live.ts';
import { type FilingRecord, filingsOfPlaces } from './queries.ts';

const asks = (form: FormVersion, stage: string) => ({
  n: form.items.filter((item) => isAsked(item, stage)).length,
  time: form.due.times[stage] ?? null,
});
const said = ({ n, time }: ReturnType<typeof asks>): { zh: string; en: string } =>
  time === null ? { zh: '不报', en: 'not asked' } : { zh: `${n} 项 · ${time} 前`, en: `${n} items, by ${time}` };

/** A switch changes what a report asks and by when: nothing has to be done for it, forms say it by stage. */
export function provideReportsToStages(): void {
  provideStageEffect({
    key: 'reports',
    words: { zh: '上报', en: 'Reports' },
    order: 20,
    async preview(tx: Tx, { fromStage, toStage }) {
      return (await formsInUse(tx)).map(({ version: form }) => {
        const [before, after] = [asks(form, fromStage), asks(form, toStage)];
        const added = form.items.filter((item) => isAsked(item, toStage) && !isAsked(item, fromStage));
        const gone = form.items.filter((item) => !isAsked(item, toStage) && isAsked(item, fromStage));
        const named = (items: typeof added, at: 'zh' | 'en'): string =>
          items
            .slice(0, 2)
            .map((item) => item[at])
            .join(at === 'zh' ? '、' : ', ');
        const consequence =
          after.time === null || before.time === null
            ? { zh: '从零点起算', en: 'from midnight on' }
            : added.length > 0
              ? {
                  zh: `多${named(added, 'zh')}等 ${added.length} 项`,
                  en: `${added.length} more: ${named(added, 'en')} …`,
                }
              : gone.length > 0
                ? {
                    zh: `少${named(gone, 'zh')}等 ${gone.length} 项`,
                    en: `${gone.length} fewer: ${named(gone, 'en')} …`,
                  }
                : { zh: '不变', en: 'unchanged' };
        return {
          item: { zh: form.zh, en: form.en },
          before: said(before),
          after: said(after),
          consequence,
          changed: before.n !== after.n || before.time !== after.time,
        };
      });
    },
  });
}

const stateOf = (one: FilingRecord): 'late' | 'done' | 'due' => (one.late ? 'late' : one.current_id ? 'done' : 'due');

/** What a person's duties say of reports: those of their places that they filed or nobody has, not those a colleague filed. */
export function provideReportsToDuty(): void {
  provideDutyList({
    key: 'reports',
    words: { zh: '上报', en: 'Reports' },
    async items(tx: Tx, accountId: string, from: Date, to: Date) {
      const dir = await directory(tx);
      const forms = new Map((await formsInUse(tx)).map(({ version }) => [version.code, version]));
      const places = [...(await filersOf(tx))].filter(([, { ids }]) => ids.includes(accountId)).map(([id]) => id);
      const filings = (await filingsOfPlaces(tx, places, dayOf(dir, from), dayOf(dir, to))).filter(
        (one) => (one.filed_by === null || one.filed_by === accountId) && one.due_at >= from && one.due_at < to,
      );
      return filings.map((one) => {
        const form = forms.get(one.form_code);
        const place = dir.nodes.get(one.node_id);
        return {
          key: one.id,
          what: {
            zh: `${form?.zh ?? one.form_code} · ${place?.zh ?? ''}`,
            en: `${form?.en ?? one.form_code}, ${place?.en ?? ''}`,
          },
          dueAt: one.due_at,
          doneAt: one.made_at,
          state: stateOf(one),
          route: `/reports/${one.id}`,
        };
      });
    },
  });
}
