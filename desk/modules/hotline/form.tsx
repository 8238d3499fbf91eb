import type { Category } from '../../../contract/organization.ts';
import { useDirectory } from '../../app/directory.ts';
import { useMay } from '../../app/session.tsx';
import { useCategoryChoices, useSiteChoices } from './choices.ts';
import { type Draft, type Field, sealedDraft } from './draft.ts';
import { ChoiceField, TextField } from './fields.tsx';
import { isSealed, useDraftCategory } from './registration.ts';
import { SealedNotice, UrgentNotice } from './ring.tsx';
import { Suggest } from './suggest.tsx';
import { TypedSuggestion } from './typed.tsx';
import { useT } from './words.ts';

const identities = ['open', 'confidential', 'anonymous'] as const;
const officerChannels = ['site_officer', 'paper_or_face'] as const;

interface Props {
  draft: Draft;
  onCall: boolean;
  /** Found where somebody went: the place is that of the touch. */
  placeKnown?: boolean;
  faults: readonly Field[];
  onChange: (draft: Draft) => void;
}

function PriorityField({ draft, category, onChange }: Pick<Props, 'draft' | 'onChange'> & { category: Category }) {
  const t = useT();
  const own = category.priority ?? 'normal72';
  if (own === 'urgent') return null;
  const options = [
    { value: 'own' as const, label: t('priorityByCategory', { which: t(own) }) },
    ...(own === 'high' ? [] : [{ value: 'high' as const, label: t('raiseHigh') }]),
    { value: 'urgent' as const, label: t('raiseUrgent') },
  ];
  return (
    <ChoiceField
      name="hl-priority"
      label={t('priority')}
      value={draft.priority ?? 'own'}
      options={options}
      onChange={(value) => onChange({ ...draft, priority: value === 'own' ? null : value })}
    />
  );
}

/** The form of a request for somebody else: every field by keyboard, in the order in which one hears it. */
export function RegistrationForm({ draft, onCall, placeKnown, faults, onChange }: Props) {
  const t = useT();
  const directory = useDirectory();
  // What words are about is told to those who register by right; others choose the category themselves.
  const suggests = useMay()('requests.register');
  const categories = useCategoryChoices();
  const sites = useSiteChoices();
  const { category, sealed, urgent } = useDraftCategory(draft);
  const set = (part: Partial<Draft>) => onChange({ ...draft, ...part });
  const fault = (field: Field, word: string) => (faults.includes(field) ? word : undefined);
  const choose = (categoryId: number | null) =>
    onChange(
      isSealed(directory.category(categoryId)) ? sealedDraft(categoryId!) : { ...draft, categoryId, priority: null },
    );

  if (sealed && category) return <SealedNotice category={category} onOther={() => choose(null)} />;
  const named = draft.confidentiality !== 'anonymous';
  return (
    <>
      {urgent && category && <UrgentNotice category={category} />}
      <div className="hl-form">
        {!onCall && (
          <ChoiceField
            name="hl-channel"
            label={t('channel')}
            value={draft.channel}
            options={officerChannels.map((value) => ({ value, label: t(value) }))}
            onChange={(channel) => set({ channel })}
          />
        )}
        <Suggest
          id="hl-category"
          label={t('category')}
          hint={t('categoryHint')}
          choices={categories}
          value={draft.categoryId}
          fault={fault('category', t('needCategory'))}
          autoFocus
          onChoose={choose}
        />
        {!placeKnown && (
          <Suggest
            id="hl-site"
            label={t('site')}
            hint={t('siteHint')}
            choices={sites}
            value={draft.siteId}
            fault={fault('site', t('needSite'))}
            onChoose={(siteId) => set({ siteId })}
          />
        )}
        <TextField
          id="hl-point"
          label={t('point')}
          hint={t('pointHint')}
          most={80}
          value={draft.point}
          onChange={(point) => set({ point })}
        />
        <TextField
          id="hl-text"
          label={t('text')}
          hint={t('textHint')}
          rows={4}
          most={2000}
          value={draft.text}
          fault={fault('text', t('needText'))}
          onChange={(text) => set({ text })}
        />
        {suggests && <TypedSuggestion text={draft.text} categoryId={draft.categoryId} onChoose={choose} />}
        {draft.answer && (
          <div className="field">
            <TextField
              id="hl-answer"
              label={t('answerText')}
              rows={4}
              most={2000}
              value={draft.answer.text}
              fault={fault('answer', t('answerShort'))}
              onChange={(text) => set({ answer: { ...draft.answer, text } })}
            />
            <p className="hint">
              {t('answerHint')}{' '}
              <button type="button" className="linkish" onClick={() => set({ answer: null })}>
                {t('dropAnswer')}
              </button>
            </p>
          </div>
        )}
        <ChoiceField
          name="hl-identity"
          label={t('confidentiality')}
          value={draft.confidentiality}
          options={identities.map((value) => ({ value, label: t(value) }))}
          meaning={t(`${draft.confidentiality}Means`)}
          onChange={(confidentiality) => set({ confidentiality })}
        />
        {named && (
          <div className="hl-three">
            <TextField
              id="hl-callback"
              label={t('callback')}
              inputMode="tel"
              most={40}
              value={draft.callback}
              fault={fault('callback', t('numberBad'))}
              onChange={(callback) => set({ callback })}
            />
            <TextField
              id="hl-label"
              label={t('label')}
              hint={t('labelHint')}
              most={40}
              value={draft.label}
              onChange={(label) => set({ label })}
            />
            <TextField
              id="hl-staff"
              label={t('staffNo')}
              hint={t('staffNoHint')}
              most={40}
              value={draft.staffNo}
              onChange={(staffNo) => set({ staffNo })}
            />
          </div>
        )}
        {category && <PriorityField draft={draft} category={category} onChange={onChange} />}
      </div>
    </>
  );
}
