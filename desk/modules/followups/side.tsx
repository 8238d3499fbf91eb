import type { CallSheet } from '../../../contract/followups.ts';
import { useFormat } from '../../app/format.ts';
import { Tick } from './marks.tsx';
import { conditionsOf } from './conditions.ts';
import { useT } from './words.ts';

/** The three conditions of "unreachable", each with its own tick. */
export function Conditions({ sheet }: { sheet: CallSheet }) {
  const t = useT();
  return (
    <ul className="fu-conditions">
      {conditionsOf(sheet).map(({ name, holds }) => (
        <li key={name}>
          <Tick holds={holds} />
          {t(`cond_${name}`)}
        </li>
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
              <span className="soft">{format.moment(attempt.at)}</span>
              <span>{t(attempt.channel)}</span>
              <span className="soft cut">{t(attempt.outcome)}</span>
            </li>
          ))}
        </ul>
        <Conditions sheet={sheet} />
        <p className="soft small">{t('condAll')}</p>
        {sheet.channelsLeft.length > 0 && (
          <p className="soft small">{t('channelsLeft', { which: sheet.channelsLeft.map((channel) => t(channel)).join(t('comma')) })}</p>
        )}
      </section>
      <section>
        <h2>{t(may ? 'mayAsk' : 'mayNotAsk')}</h2>
        <ul className="fu-rules">
          {sheet.independence.map(({ rule, holds }) => (
            <li key={rule}>
              <Tick holds={holds} />
              {t.or(`rule_${rule}`, rule)}
            </li>
          ))}
          <li>
            <Tick holds />
            {t('script', { version: sheet.script.version })}
          </li>
        </ul>
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
