import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useMemo } from 'react';
import {
  catalogueEndpoints as api,
  type CatalogueItem,
  type EscalationPost,
  escalationPosts,
  leads,
} from '../../../contract/catalogue.ts';
import { sealedClasses } from '../../../contract/requests.ts';
import { useAct } from '../../app/act.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { randomId } from '../../app/identifier.ts';
import { useProblemText } from '../../app/problems.ts';
import { isStale } from '../../app/queries.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import {
  Button,
  Dialog,
  Field,
  Glyph,
  LinePicker,
  Notice,
  notify,
  OrgPicker,
  TextField,
  useDraft,
} from '../../kit/index.ts';
import { type Choice, Picker } from '../../kit/picker.tsx';
import { refreshes } from './data.ts';
import { useT } from './words.ts';

const places = ['group', 'sector', 'unit', 'site'] as const;
const units = ['unit'] as const;

interface Draft {
  id: string;
  /** The one that was read when the first thing was changed: what somebody else saved since is not overwritten. */
  revision: number | null;
  categoryId: number | null;
  nodeId: number | null;
  lineId: number | null;
  lead: (typeof leads)[number];
  leadUnitId: number | null;
  coLineIds: readonly number[];
  contactMinutes: string;
  resolveHours: string;
  escalation: readonly { post: EscalationPost; hours: string }[];
  validFrom: string;
  validTo: string;
}

/** Either level, sealed ones left out: they are never dispatched. */
function AnyCategoryPicker(props: { id: string; value: number | null; onChange: (id: number | null) => void }) {
  const t = useT();
  const directory = useDirectory();
  const language = useLocale();
  const choices = useMemo<Choice[]>(
    () =>
      directory.categories
        .filter((one) => !sealedClasses.includes(one.recordClass))
        .map((one) => ({
          id: one.id,
          code: one.code,
          name: nameIn(one, language),
          also: `${one.zh} ${one.en}`,
          beside: one.parentId === null ? undefined : directory.categoryName(one.parentId),
        })),
    [directory, language],
  );
  return <Picker {...props} label={t('category')} choices={choices} />;
}

const whole = (text: string): number | null => (/^\d+$/.test(text.trim()) && Number(text) > 0 ? Number(text) : null);
const isNumber = (text: string): boolean => text.trim() === '' || whole(text) !== null;

/** One line of the draft, new or changed. What is typed is kept until it is saved or given up. */
export function ItemForm({
  item,
  categoryId,
  onClose,
}: {
  item: CatalogueItem | null;
  categoryId: number | null;
  onClose: () => void;
}) {
  const t = useT();
  const directory = useDirectory();
  const format = useFormat();
  const problem = useProblemText();
  const cache = useQueryClient();
  const stored = useMemo<Draft>(() => {
    const local = (iso: string | null) => (iso ? format.local(Date.parse(iso)) : '');
    return {
      id: item?.id ?? randomId(),
      revision: item?.revision ?? null,
      categoryId: item?.categoryId ?? categoryId,
      nodeId: item?.nodeId ?? directory.nodes.find((node) => node.kind === 'group')?.id ?? null,
      lineId: item?.lineId ?? directory.category(categoryId)?.lineId ?? null,
      lead: item?.lead ?? 'own_unit',
      leadUnitId: item?.leadUnitId ?? null,
      coLineIds: item?.coLineIds ?? [],
      contactMinutes: item?.contactMinutes?.toString() ?? '',
      resolveHours: item?.resolveHours?.toString() ?? '',
      escalation: (item?.escalation ?? []).map((step) => ({ post: step.post, hours: String(step.hours) })),
      validFrom: local(item?.validFrom ?? null),
      validTo: local(item?.validTo ?? null),
    };
  }, [item, categoryId, directory, format]);
  const [draft, keep, drop] = useDraft<Draft>(`catalogue.item.${item?.id ?? `new.${categoryId ?? ''}`}`, stored);
  const change = (part: Partial<Draft>) => keep({ id: draft.id, revision: draft.revision, ...part });
  const leave = () => {
    drop();
    onClose();
  };
  const act = useAct(api.saveItem, {
    refreshes,
    onDone: () => {
      notify.good(t('saved'));
      leave();
    },
    onFail: (error) => {
      if (isStale(error)) for (const queryKey of refreshes) void cache.invalidateQueries({ queryKey });
    },
  });
  const stepFault = draft.escalation.some((step) => !/^\d+$/.test(step.hours.trim()));
  const missing = [
    draft.categoryId === null && t('category'),
    draft.nodeId === null && t('place'),
    draft.lineId === null && t('leadLine'),
    draft.lead === 'unit' && draft.leadUnitId === null && t('leadUnit'),
    !isNumber(draft.contactMinutes) && t('contactMinutes'),
    !isNumber(draft.resolveHours) && t('resolveHours'),
    stepFault && t('hoursLate'),
  ].filter((each) => each !== false);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (missing.length > 0 || act.isPending) return;
    act.mutate({
      id: draft.id,
      revision: draft.revision,
      categoryId: draft.categoryId!,
      nodeId: draft.nodeId!,
      lineId: draft.lineId!,
      lead: draft.lead,
      leadUnitId: draft.lead === 'unit' ? draft.leadUnitId : null,
      coLineIds: [...draft.coLineIds],
      contactMinutes: whole(draft.contactMinutes),
      resolveHours: whole(draft.resolveHours),
      escalation: draft.escalation.map((step) => ({ post: step.post, hours: Number(step.hours) })),
      validFrom: draft.validFrom ? format.instant(draft.validFrom) : null,
      validTo: draft.validTo ? format.instant(draft.validTo) : null,
    });
  };
  return (
    <Dialog open wide title={t(item ? 'formEdit' : 'formNew')} onClose={onClose}>
      <form className="ca-form" onSubmit={send}>
        <div className="ca-two">
          <Field label={t('category')}>
            {({ id: control }) => (
              <AnyCategoryPicker
                id={control}
                value={draft.categoryId}
                onChange={(next) =>
                  change({
                    categoryId: next,
                    lineId: draft.lineId ?? directory.category(next)?.lineId ?? null,
                  })
                }
              />
            )}
          </Field>
          <Field label={t('place')}>
            {({ id: control }) => (
              <OrgPicker
                id={control}
                label={t('place')}
                kinds={places}
                value={draft.nodeId}
                onChange={(nodeId) => change({ nodeId })}
              />
            )}
          </Field>
          <Field label={t('leadLine')}>
            {({ id: control }) => (
              <LinePicker
                id={control}
                label={t('leadLine')}
                value={draft.lineId}
                onChange={(lineId) => change({ lineId })}
              />
            )}
          </Field>
          <fieldset className="field">
            <legend className="label small soft">{t('leadWhere')}</legend>
            <div className="choices">
              {leads.map((lead) => (
                <label key={lead}>
                  <input type="radio" name="lead" checked={draft.lead === lead} onChange={() => change({ lead })} />
                  {t(`lead_${lead}`)}
                </label>
              ))}
            </div>
          </fieldset>
          {draft.lead === 'unit' && (
            <Field label={t('leadUnit')}>
              {({ id: control }) => (
                <OrgPicker
                  id={control}
                  label={t('leadUnit')}
                  kinds={units}
                  value={draft.leadUnitId}
                  onChange={(leadUnitId) => change({ leadUnitId })}
                />
              )}
            </Field>
          )}
        </div>
        <fieldset className="field">
          <legend className="label small soft">{t('co')}</legend>
          <div className="choices">
            {draft.coLineIds.map((lineId) => (
              <span key={lineId} className="chip">
                {directory.lineName(lineId)}
                <button
                  type="button"
                  className="icon-btn"
                  aria-label={`${t('remove')} ${directory.lineName(lineId)}`}
                  onClick={() => change({ coLineIds: draft.coLineIds.filter((one) => one !== lineId) })}
                >
                  <Glyph name="cross" />
                </button>
              </span>
            ))}
            <span style={{ width: 200 }}>
              <LinePicker
                label={t('co')}
                value={null}
                except={[...draft.coLineIds, ...(draft.lineId === null ? [] : [draft.lineId])]}
                onChange={(lineId) => lineId !== null && change({ coLineIds: [...draft.coLineIds, lineId] })}
              />
            </span>
          </div>
        </fieldset>
        <div className="ca-two">
          <TextField
            label={t('contactMinutes')}
            hint={t('levelHint')}
            fault={isNumber(draft.contactMinutes) ? undefined : t('wholeNumber')}
            line={{ inputMode: 'numeric' }}
            value={draft.contactMinutes}
            onChange={(contactMinutes) => change({ contactMinutes })}
          />
          <TextField
            label={t('resolveHours')}
            hint={t('levelHint')}
            fault={isNumber(draft.resolveHours) ? undefined : t('wholeNumber')}
            line={{ inputMode: 'numeric' }}
            value={draft.resolveHours}
            onChange={(resolveHours) => change({ resolveHours })}
          />
          <TextField
            label={t('validFrom')}
            line={{ type: 'datetime-local' }}
            value={draft.validFrom}
            onChange={(validFrom) => change({ validFrom })}
          />
          <TextField
            label={t('validTo')}
            line={{ type: 'datetime-local' }}
            value={draft.validTo}
            onChange={(validTo) => change({ validTo })}
          />
        </div>
        <fieldset className="field">
          <legend className="label small soft">{t('escalation')}</legend>
          <p className="small softer">{t('escalationHint')}</p>
          <ol className="ca-steps">
            {draft.escalation.map((step, at) => {
              const set = (part: Partial<typeof step>) =>
                change({ escalation: draft.escalation.map((one, i) => (i === at ? { ...one, ...part } : one)) });
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: a step has no name but its place
                <li key={at}>
                  <input
                    className="input"
                    inputMode="numeric"
                    aria-label={t('hoursLate')}
                    placeholder={t('hoursLate')}
                    value={step.hours}
                    onChange={(event) => set({ hours: event.target.value })}
                  />
                  <select
                    className="input"
                    aria-label={t('escalation')}
                    value={step.post}
                    onChange={(event) => set({ post: event.target.value as EscalationPost })}
                  >
                    {escalationPosts.map((post) => (
                      <option key={post} value={post}>
                        {t(`post_${post}`)}
                      </option>
                    ))}
                  </select>
                  <button
                    type="button"
                    className="icon-btn"
                    aria-label={t('removeStep')}
                    onClick={() => change({ escalation: draft.escalation.filter((_, i) => i !== at) })}
                  >
                    <Glyph name="cross" />
                  </button>
                </li>
              );
            })}
          </ol>
          {draft.escalation.length < 5 && (
            <Button
              small
              onClick={() =>
                change({
                  escalation: [
                    ...draft.escalation,
                    { post: escalationPosts[Math.min(draft.escalation.length + 1, 4)]!, hours: '' },
                  ],
                })
              }
            >
              {t('addStep')}
            </Button>
          )}
        </fieldset>
        {act.error && (
          <Notice kind="over" alert>
            {problem(act.error)}
          </Notice>
        )}
        <div className="dialog-acts">
          <Button kind="main" submit busy={act.isPending} disabled={missing.length > 0}>
            {t('save')}
          </Button>
          <Button onClick={leave}>{t('cancel')}</Button>
          <span className="small softer">
            {missing.length > 0 && t('missing', { which: missing.join(t('comma')) })}
          </span>
        </div>
      </form>
    </Dialog>
  );
}
