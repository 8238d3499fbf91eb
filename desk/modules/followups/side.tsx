import type { CallSheet } from '../../../contract/followups.ts';
import { useFormat } from '../../app/format.ts';
import { Glyph } from '../../kit/glyph.tsx';
import { conditionsOf } from './conditions.ts';
import { useT } from './words.ts';

/** Whether a rule holds, in shape and in words as well as in colour. */
function Rule({ holds, children }: { holds: boolean; children: string }) {
  const t = useT();
  return (
    <li className={holds ? 'fu-rule' : 'fu-rule not'}>
      <Glyph name={holds ? 'tick' : 'cross'} />
      <span className="sr-only">{t(holds ? 'holds' : 'doesNotHold')}</span>
      {children}
    </li>
  );
}

/** The three conditions of "unreachable", each with its own tick. */
export function Conditions({ sheet }: { sheet: CallSheet }) {
  const t = useT();
  return (
    <ul className="fu-conditions">
      {conditionsOf(sheet).map(({ name, holds }) => (
        <Rule key={name} holds={holds}>
          {t(`cond_${name}`)}
        </Rule>
      ))}
    </ul>
  );
}

export function Side({ sheet, today }: { sheet: CallSheet; today: { due: number; done: number } | null }) {
  const t = useT();
  const format = useFormat();
  const may = sheet.independence.every((rule) => rule.holds);
  return (
    <aside className="fu-side" aria-label={t('attempts')}>
      <section>
        <h2>
          {t('attempts')} <span className="soft small">{t('due', { at: format.moment(sheet.due) })}</span>
        </h2>
        {sheet.history.length === 0 && <p className="soft small">{t('noAttempts')}</p>}
        <ul className="fu-history">
          {sheet.history.map((attempt) => (
            <li key={`${attempt.at} ${attempt.outcome}`} title={attempt.caller}>
              <Glyph name={attempt.channel === 'thread' ? 'dash' : 'cross'} />
              <span className="soft">{format.moment(attempt.at)}</span>
              <span>{t(attempt.channel)}</span>
              <span className="soft cut">{t(attempt.outcome)}</span>
            </li>
          ))}
        </ul>
        <Conditions sheet={sheet} />
        <p className="softer small">{t('condAll')}</p>
        {sheet.channelsLeft.length > 0 && (
          <p className="softer small">
            {t('channelsLeft', { which: sheet.channelsLeft.map((channel) => t(channel)).join(t('comma')) })}
          </p>
        )}
      </section>
      <section>
        <h2>{t(may ? 'mayAsk' : 'mayNotAsk')}</h2>
        <ul className="fu-rules">
          {sheet.independence.map(({ rule, holds }) => (
            <Rule key={rule} holds={holds}>
              {t.or(`rule_${rule}`, rule)}
            </Rule>
          ))}
        </ul>
        <p className="softer small">{t('script', { version: sheet.script.version })}</p>
      </section>
      <section>
        <h2>{t('forbiddenTitle')}</h2>
        <p className="soft small">{t('forbiddenText')}</p>
      </section>
      <section>
        <h2>{t('measuredTitle')}</h2>
        <p className="soft small">{t('measuredText', { due: today?.due ?? 0, done: today?.done ?? 0 })}</p>
      </section>
    </aside>
  );
}
