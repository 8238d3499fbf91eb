import type { ReactNode } from 'react';
import { defineWords, useWords } from '../app/words.ts';
import './chase.css';
import { Button } from './button.tsx';
import { Glyph } from './glyph.tsx';

const words = defineWords({
  expected: ['应答 {n}', '{n} expected'],
  opened: ['已打开 {n}', '{n} opened'],
  answered: ['已答复 {n}', '{n} answered'],
  silent: ['未答复 {n}', '{n} silent'],
  chase: ['只催未回的 {n} 人', 'Chase the {n} {n|who is|who are} silent'],
  everybody: ['都答复了，没有要催的。', 'Everybody has answered; there is nobody to chase.'],
  unopened: ['没打开', 'not opened'],
  read: ['打开了，没答复', 'opened, not answered'],
  email: ['下一步：邮件', 'next: mail'],
  sms: ['下一步：短信', 'next: SMS'],
  ring: ['下一步：打电话', 'next: ring them'],
  times: ['已催 {n} 次，最近 {at}', 'chased {n} {n|time|times}, last {at}'],
});

export interface Silent {
  key: string;
  who: string;
  place: string;
  opened: boolean;
  /** Where to try next. */
  next: 'email' | 'sms' | 'ring';
  chases: number;
  /** When they were last asked again, in words; null = never. */
  chasedAt: string | null;
}

interface Props {
  expected: number;
  opened: number;
  answered: number;
  silent: readonly Silent[];
  busy: boolean;
  onChase: () => void;
  /** What stands below: those who have answered, for example. */
  children?: ReactNode;
}

/** Who has not answered yet, with the next channel to try: one act asks exactly those again. */
export function Chase({ expected, opened, answered, silent, busy, onChase, children }: Props) {
  const t = useWords(words);
  return (
    <section className="chase">
      <header className="chase-head">
        <ul className="chase-tally">
          <li>{t('expected', { n: expected })}</li>
          <li>{t('opened', { n: opened })}</li>
          <li>{t('answered', { n: answered })}</li>
          <li>
            <b>{t('silent', { n: silent.length })}</b>
          </li>
        </ul>
        {silent.length > 0 && (
          <Button kind="main" busy={busy} onClick={onChase}>
            {t('chase', { n: silent.length })}
          </Button>
        )}
      </header>
      {silent.length === 0 ? (
        <p className="soft">{t('everybody')}</p>
      ) : (
        <ul className="chase-list">
          {silent.map((one) => (
            <li key={one.key}>
              <Glyph name={one.opened ? 'half' : 'empty'} />
              <span className="chase-who">
                <b>{one.who}</b> <span className="soft">{one.place}</span>
              </span>
              <span className="soft small">{t(one.opened ? 'read' : 'unopened')}</span>
              <span className="small">{t(one.next)}</span>
              <span className="soft small">
                {one.chasedAt !== null && t('times', { n: one.chases, at: one.chasedAt })}
              </span>
            </li>
          ))}
        </ul>
      )}
      {children}
    </section>
  );
}
