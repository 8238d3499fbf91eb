import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { caseEndpoints as api } from '../../../contract/cases.ts';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { useAct } from '../../app/act.ts';
import { useFormat } from '../../app/format.ts';
import { useNow } from '../../app/now.ts';
import { Button } from '../../kit/button.tsx';
import { useDraft } from '../../kit/draft.ts';
import { notify } from '../../kit/notify.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useT } from './words.ts';

export type Asked = OutputOf<typeof api.asks>['asks'][number];

const noWords = { words: '' };

/** How far the original due time is, said as it stands. */
function Original({ due }: { due: string }) {
  const t = useT();
  const format = useFormat();
  const left = Date.parse(due) - useNow();
  return (
    <span className={left < 0 ? 'over small' : 'soft small'}>
      {t(left < 0 ? 'past' : 'soon', { time: format.span(Math.abs(left)) })}
    </span>
  );
}

interface Props {
  ask: Asked;
  open: boolean;
  /** A decision begun by key: true to approve, false to refuse. */
  begun: boolean | null;
  onBegun: () => void;
  onOpen: () => void;
}

/** One application: what was due, what is asked, why, and the two answers. */
export function AskCard({ ask, open, begun, onBegun, onOpen }: Props) {
  const t = useT();
  const format = useFormat();
  const [draft, change, drop] = useDraft(`ask.${ask.id}`, noWords);
  const [wordsNeeded, setWordsNeeded] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const said = useRef<'approved' | 'refused'>('approved');
  const decision = useAct(api.decide, {
    refreshes: [['asks'], ['requests'], ['request']],
    // Here and not at the press: once the list is asked for again this card is gone.
    onDone: () => {
      drop();
      notify.good(t(said.current, { number: ask.number }));
    },
    onFail: notify.problem,
  });
  const decide = (approve: boolean) => {
    const words = draft.words.trim();
    if (!approve && words.length < 2) {
      setWordsNeeded(true);
      field.current?.focus();
      return;
    }
    said.current = approve ? 'approved' : 'refused';
    decision.mutate({ id: ask.id, approve, text: words || undefined });
  };
  useEffect(() => {
    if (begun === null) return;
    onBegun();
    if (!decision.isPending) decide(begun);
  });
  const longer = Date.parse(ask.until) - Date.parse(ask.due);
  return (
    <li id={`ask-${ask.id}`} className="ap-card" data-open={open || undefined} onFocus={onOpen}>
      <header className="row">
        <span className="tag">{t(ask.kind)}</span>
        <Link className="link" to="/requests/$id" params={{ id: ask.requestId } as never}>
          {ask.number}
        </Link>
        <span className="grow" />
        <span className="soft small">
          {ask.askedBy} · {t('askedAt', { at: format.moment(ask.askedAt) })}
        </span>
      </header>
      <dl className="ap-facts">
        <dt>{t('original')}</dt>
        <dd>
          {ask.kind === 'extension' ? <s>{format.moment(ask.due)}</s> : format.moment(ask.due)}{' '}
          <Original due={ask.due} />
        </dd>
        <dt>{t(ask.kind === 'extension' ? 'until' : 'pausedUntil')}</dt>
        <dd>
          <b>{format.moment(ask.until)}</b>
          {ask.kind === 'extension' && longer > 0 && (
            <span className="soft small"> {t('longer', { time: format.span(longer) })}</span>
          )}
        </dd>
        {ask.kind === 'suspension' && ask.suspendedMinutes > 0 && (
          <>
            <dt>{t('already')}</dt>
            <dd>{t('alreadyOf', { span: format.span(ask.suspendedMinutes * 60_000) })}</dd>
          </>
        )}
        <dt>{t('reason')}</dt>
        <dd className="ap-reason">{ask.text}</dd>
      </dl>
      <TextField
        label={t('words')}
        hint={t('wordsHint')}
        fault={wordsNeeded ? t('refuseNeedsWords') : undefined}
        area={field}
        rows={2}
        maxLength={500}
        value={draft.words}
        onChange={(words) => {
          change({ words });
          setWordsNeeded(false);
        }}
      />
      <div className="dialog-acts">
        <Button kind="main" busy={decision.isPending} keys={open ? ['Y'] : undefined} onClick={() => decide(true)}>
          {t('approve')}
        </Button>
        <Button busy={decision.isPending} keys={open ? ['N'] : undefined} onClick={() => decide(false)}>
          {t('refuse')}
        </Button>
      </div>
    </li>
  );
}
