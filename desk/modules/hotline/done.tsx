import { useEffect, useRef } from 'react';
import type { OutputOf } from '../../../contract/endpoint.ts';
import type { requestEndpoints } from '../../../contract/requests.ts';
import { useFormat } from '../../app/format.ts';
import { Button } from '../../kit/button.tsx';
import { useT } from './words.ts';

export interface Registered extends OutputOf<typeof requestEndpoints.register> {
  queryCode: string;
  answered: boolean;
}

/** `ABCDEFGHJK` as one reads it out: ABCD EFG HJK. */
export const spoken = (code: string): string => [code.slice(0, 4), code.slice(4, 7), code.slice(7)].join(' ');

interface Props {
  registered: Registered;
  onCall: boolean;
  onAnother: () => void;
  onHangUp: () => void;
}

/** What to read out to the caller: the number, the code, and what was promised. */
export function Done({ registered, onCall, onAnother, onHangUp }: Props) {
  const t = useT();
  const format = useFormat();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="hl-done" aria-labelledby="hl-done">
      <h2 id="hl-done" ref={heading} tabIndex={-1}>
        {t('doneTitle')}
      </h2>
      <dl>
        <dt>{t('doneNumber')}</dt>
        <dd className="hl-big">{registered.number}</dd>
        <dt>{t('doneCode')}</dt>
        <dd className="hl-big hl-code">{spoken(registered.queryCode)}</dd>
      </dl>
      <p className="soft">{t('doneCodeHint')}</p>
      <p>
        {registered.answered
          ? t('doneAnswered')
          : t('donePromise', { at: format.moment(registered.contact), resolve: format.moment(registered.promise) })}
      </p>
      <div className="dialog-acts">
        {onCall && (
          <Button kind="main" onClick={onHangUp}>
            {t('hangUp')}
          </Button>
        )}
        <Button kind={onCall ? undefined : 'main'} onClick={onAnother}>
          {t(onCall ? 'another' : 'anotherPlain')}
        </Button>
      </div>
    </section>
  );
}
