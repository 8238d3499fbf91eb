import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { taskEndpoints as api } from '../../../contract/tasks.ts';
import { useFormat } from '../../app/format.ts';
import { randomId } from '../../app/identifier.ts';
import { now } from '../../app/now.ts';
import { useMe } from '../../app/session.tsx';
import { Button, notify, TextField, useDraft } from '../../kit/index.ts';
import { SupervisionForm, useSupervisionAct } from './form.tsx';
import { splitParagraphs } from './paragraphs.ts';
import './tasks.css';
import { useT } from './words.ts';

interface Draft {
  title: string;
  documentNumber: string;
  issuedBy: string;
  issuedAt: string;
  text: string;
}
const empty: Draft = { title: '', documentNumber: '', issuedBy: '', issuedAt: '', text: '' };

/** Paste a document, see how it falls into paragraphs, join what belongs together, enter it. */
export default function EnterDirectivePage() {
  const t = useT();
  const me = useMe();
  const format = useFormat();
  const navigate = useNavigate();
  const [id] = useState(randomId);
  const [draft, change, drop] = useDraft<Draft>(`directive.${me.id}`, empty);
  const paragraphs = splitParagraphs(draft.text);
  const issuedAt = draft.issuedAt || format.local(now());
  const sending = useSupervisionAct(api.enterDirective, (answer) => {
    notify.good(t('entered'));
    drop();
    void navigate({ to: '/directives/$id', params: { id: answer.id } as never, replace: true });
  });
  const join = (at: number) =>
    change({
      text: paragraphs
        .flatMap((one, i) => (i === at ? [one + (paragraphs[i + 1] ?? '')] : i === at + 1 ? [] : [one]))
        .join('\n'),
    });
  return (
    <div className="ta-sheet">
      <h1>{t('enterDirective')}</h1>
      <SupervisionForm
        act={sending}
        label={t('enter')}
        missing={[
          draft.title.trim().length < 2 && t('directiveTitle'),
          draft.documentNumber.trim().length < 2 && t('documentNumber'),
          draft.issuedBy.trim().length < 2 && t('issuedBy'),
          paragraphs.length === 0 && t('pasteText'),
        ]}
        onSend={() =>
          sending.mutate({
            id,
            title: draft.title.trim(),
            documentNumber: draft.documentNumber.trim(),
            issuedBy: draft.issuedBy.trim(),
            issuedAt: format.instant(issuedAt),
            paragraphs,
          })
        }
        onCancel={() => void navigate({ to: '/directives' })}
      >
        <TextField
          label={t('directiveTitle')}
          maxLength={120}
          value={draft.title}
          onChange={(title) => change({ title })}
        />
        <div className="ta-two">
          <TextField
            label={t('documentNumber')}
            maxLength={60}
            value={draft.documentNumber}
            onChange={(documentNumber) => change({ documentNumber })}
          />
          <TextField
            label={t('issuedBy')}
            maxLength={80}
            value={draft.issuedBy}
            onChange={(issuedBy) => change({ issuedBy })}
          />
          <TextField
            label={t('issuedAt')}
            value={issuedAt}
            onChange={(at) => change({ issuedAt: at })}
            line={{ type: 'datetime-local', max: format.local(now()) }}
          />
        </div>
        <TextField
          label={t('pasteText')}
          hint={t('pasteHint')}
          rows={8}
          value={draft.text}
          onChange={(text) => change({ text })}
        />
        {paragraphs.length > 0 && (
          <section aria-label={t('splitInto', { n: paragraphs.length })}>
            <h2 className="small softer">{t('splitInto', { n: paragraphs.length })}</h2>
            <ol className="ta-split">
              {paragraphs.map((one, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a paragraph is the place it stands at
                <li key={i}>
                  <span className="softer">{i + 1}</span>
                  <span>{one}</span>
                  {i < paragraphs.length - 1 && (
                    <Button small kind="plain" onClick={() => join(i)}>
                      {t('joinWithNext')}
                    </Button>
                  )}
                </li>
              ))}
            </ol>
          </section>
        )}
      </SupervisionForm>
    </div>
  );
}
