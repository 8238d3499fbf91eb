import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { reportEndpoints as api } from '../../../contract/reports.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useFormat } from '../../app/format.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { useDraft } from '../../kit/draft.ts';
import { notify } from '../../kit/notify.tsx';
import { Problem } from '../../kit/problem.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { Design } from './design.tsx';
import { draftOf, emptyDraft, type FormDraft } from './draft.ts';
import './reports.css';
import { useT } from './words.ts';

type Forms = OutputOf<typeof api.forms>;
type Form = Forms['forms'][number];

function FormRow({
  form,
  onEdit,
  onRetire,
}: {
  form: Form;
  onEdit: (form: Form) => void;
  onRetire: (form: Form) => void;
}) {
  const t = useT();
  const format = useFormat();
  const language = useLocale();
  const start = useAct(api.startForm, {
    refreshes: [['reports']],
    onDone: () => notify.good(t('started')),
    onFail: notify.problem,
  });
  const shown = form.versions.filter((version) => version.state !== 'former');
  return shown.map((version) => (
    <div className="rp-form-row" key={version.no}>
      <b>{nameIn(version, language)}</b>
      <span className={version.state === 'draft' ? 'tag near' : form.state === 'retired' ? 'tag' : 'tag good'}>
        {form.state === 'retired' ? t('retiredState') : version.state === 'draft' ? t('draftState') : t('in_use')}
      </span>
      <span className="small soft">
        {t(form.rhythm)} · {t(`for_${form.filedFor}`)} · {t('nItems', { n: version.items.length })} ·{' '}
        {t('version', { n: version.no })} ·{' '}
        {version.designedBy ? t('designedBy', { who: version.designedBy }) : t('cameWith')}
        {version.startedBy &&
          version.startedAt &&
          ` · ${t('startedBy', { who: version.startedBy, at: format.moment(version.startedAt) })}`}
        {form.retired &&
          ` · ${t('retiredBy', { who: form.retired.by, at: format.moment(form.retired.at), text: form.retired.words })}`}
      </span>
      {version.can.change && (version.state === 'draft' || shown.length === 1) && (
        <Button small onClick={() => onEdit(form)}>
          {t('edit')}
        </Button>
      )}
      {version.state === 'draft' &&
        form.state !== 'retired' &&
        (version.can.start ? (
          <Button
            small
            kind="main"
            busy={start.isPending}
            onClick={() => start.mutate({ code: form.code, no: version.no })}
          >
            {t('start')}
          </Button>
        ) : (
          <span className="small soft">{t('startOther')}</span>
        ))}
      {version.state === 'in_use' && version.can.change && (
        <Button small onClick={() => onRetire(form)}>
          {t('retire')}
        </Button>
      )}
    </div>
  ));
}

function Retire({ form, onClose }: { form: Form; onClose: () => void }) {
  const t = useT();
  const [reason, setReason] = useState('');
  const retire = useAct(api.retireForm, {
    refreshes: [['reports']],
    onDone: () => {
      notify.good(t('retired'));
      onClose();
    },
    onFail: notify.problem,
  });
  return (
    <Dialog open title={t('retire')} onClose={onClose}>
      <form
        className="rp-forms"
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() !== '') retire.mutate({ code: form.code, reason });
        }}
      >
        <TextField label={t('retireReason')} value={reason} maxLength={500} rows={2} onChange={setReason} />
        <Button kind="main" submit busy={retire.isPending} disabled={reason.trim() === ''}>
          {t('retire')}
        </Button>
      </form>
    </Dialog>
  );
}

/** Which forms there are, what they ask, and a new one: no programmer is needed. */
export default function FormsPage() {
  const t = useT();
  const language = useLocale();
  const [editing, setEditing] = useState<{ fixed: boolean } | null>(null);
  const [retiring, setRetiring] = useState<Form | null>(null);
  const empty = useMemo<FormDraft>(() => emptyDraft, []);
  const [draft, change, drop] = useDraft<FormDraft>('reports.form', empty);
  const { data, error, refetch } = useQuery({ queryKey: ['reports', 'forms'], queryFn: () => call(api.forms, {}) });
  if (error && !data) return <Problem title={t('formsFailed')} error={error} onRetry={refetch} />;
  if (!data) return null;
  const nameOfForm = (code: string): string => {
    const version = data.forms.find((form) => form.code === code)?.versions.at(-1);
    return version ? nameIn(version, language) : code;
  };
  const edit = (form: Form): void => {
    const version = form.versions.find((each) => each.state === 'draft') ?? form.versions.at(-1)!;
    change(draftOf(version, version.state === 'draft' ? version.no : null));
    setEditing({ fixed: form.state === 'in_use' });
  };
  const done = (): void => {
    drop();
    setEditing(null);
  };
  return (
    <div className="rp-page">
      <header className="rp-head">
        <Link className="linkish" to="/reports">
          {t('title')}
        </Link>
        <h1>{t('tab_forms')}</h1>
        {data.can.design && !editing && (
          <span className="rp-push">
            <Button kind="main" onClick={() => setEditing({ fixed: false })}>
              {t('newForm')}
            </Button>
          </span>
        )}
      </header>
      <p className="small soft">{t('formsLead')}</p>
      {editing ? (
        <Design
          draft={draft}
          change={change}
          stages={data.stages}
          fixed={editing.fixed}
          onDone={done}
          onCancel={done}
        />
      ) : (
        <>
          <section className="rp-panel" aria-label={t('tab_forms')}>
            {data.forms.map((form) => (
              <FormRow key={form.code} form={form} onEdit={edit} onRetire={setRetiring} />
            ))}
          </section>
          <section className="rp-panel" aria-label={t('concepts')}>
            <h2>{t('concepts')}</h2>
            <table className="rp-table">
              <tbody>
                {data.concepts
                  .filter((one) => one.knownFrom || one.form)
                  .map((one) => (
                    <tr key={one.key}>
                      <th scope="row">{nameIn(one, language)}</th>
                      <td className="small soft">{one.aliases.join('、')}</td>
                      <td className="small">{one.knownFrom ? t('knownFrom') : nameOfForm(one.form!)}</td>
                    </tr>
                  ))}
              </tbody>
            </table>
          </section>
        </>
      )}
      {retiring && <Retire form={retiring} onClose={() => setRetiring(null)} />}
    </div>
  );
}
