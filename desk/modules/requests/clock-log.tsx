import { useQuery } from '@tanstack/react-query';
import { type ClockLine, clockEndpoints, type ExplainedClock } from '../../../contract/clocks.ts';
import type { RequestThread } from '../../../contract/requests.ts';
import { call } from '../../app/api.ts';
import { useFormat } from '../../app/format.ts';
import { useLocale } from '../../app/words.ts';
import { Dialog, Glyph, Problem } from '../../kit/index.ts';
import { useClockWords } from './clock-log-words.ts';
import { useT } from './words.ts';

type Values = ClockLine['values'];

/** One line in words. */
function useSentence(): (line: ClockLine) => string {
  const t = useClockWords();
  const words = useT();
  const format = useFormat();
  const english = useLocale() === 'en';
  const named = (values: Values, zh: string, en: string) => String((english ? values[en] : values[zh]) ?? '');
  const priority = (values: Values) => words.or(`priority_${values.priority}`, '');
  return ({ code, values }) => {
    switch (code) {
      case 'allowed':
      case 'aim':
      case 'told_you':
        return t(code, { span: format.hours(Number(values.minutes)), priority: priority(values) });
      case 'asked_offline':
        return t(code, { minutes: Number(values.minutes) });
      case 'round_the_clock':
        return t(code, { stage: named(values, 'stageZh', 'stageEn') });
      case 'calendar':
        return t(code, { stage: named(values, 'stageZh', 'stageEn'), calendar: named(values, 'zh', 'en') });
      case 'holiday':
      case 'make_up':
        return t(code, {
          name: named(values, 'zh', 'en'),
          from: String(values.from),
          to: String(values.to),
          n: Number(values.n),
        });
      case 'facts_changed':
        return values.priority ? t('facts_changed_priority', { priority: priority(values) }) : t(code);
      case 'paused':
      case 'extended': {
        const until = format.moment(String(values.until));
        if (!values.who) return t(code === 'paused' ? 'pausedOwn' : 'extendedOwn', { until });
        const role = t.or(`role_${values.role}`, t('role_other'));
        return t(code === 'paused' ? 'pausedLine' : 'extended', { until, role, who: String(values.who) });
      }
      case 'reopened':
        return t(code, { priority: priority(values) });
      default:
        return t.or(
          code,
          code,
          Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value ?? '')])),
        );
    }
  };
}

function Clock({ clock }: { clock: ExplainedClock }) {
  const t = useClockWords();
  const format = useFormat();
  const sentence = useSentence();
  const moved = clock.due !== clock.originalDue;
  const note = clock.kind === 'inner' ? t('innerNote') : clock.kind === 'promise' ? t('promiseNote') : '';
  return (
    <section className="clock-log" aria-label={t(clock.kind)}>
      <header className="row">
        <h3>{t(clock.kind)}</h3>
        {note && <span className="small softer">{note}</span>}
        <span className="grow" />
        {moved && <s className="soft small">{format.moment(clock.originalDue)}</s>}
        <b>{format.moment(clock.due)}</b>
        <span className={`tag ${clock.met === false ? 'over' : ''}`}>
          <Glyph name={clock.met === null ? 'ring' : clock.met ? 'tick' : 'square'} />
          {t(clock.met === null ? 'running' : clock.met ? 'met' : 'missed')}
        </span>
      </header>
      <ol>
        {clock.lines.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one answer never move
          <li key={i}>
            <time className="softer small">{line.at ? format.moment(line.at) : ''}</time>
            <span>{sentence(line)}</span>
          </li>
        ))}
      </ol>
      {moved && <p className="small soft">{t('original', { at: format.moment(clock.originalDue) })}</p>}
    </section>
  );
}

/** Why every clock of a request shows what it shows. */
export function ClockLogDialog({ thread, onClose }: { thread: RequestThread; onClose: () => void }) {
  const t = useClockWords();
  const format = useFormat();
  const log = useQuery({
    queryKey: ['request', thread.id, 'clocks', thread.version, thread.entries.length],
    queryFn: () => call(clockEndpoints.ofRequest, { id: thread.id }),
  });
  return (
    <Dialog open wide title={`${t('title')} · ${thread.number}`} onClose={onClose}>
      {log.error && !log.data && <Problem title={t('loadFailed')} error={log.error} onRetry={() => log.refetch()} />}
      {!log.data && !log.error && <div className="clock-log-waiting" aria-busy="true" />}
      {log.data && (
        <>
          {log.data.pausedMinutes > 0 && (
            <p className="row small near">
              <Glyph name="pause" />
              {t('paused', {
                span: format.span(log.data.pausedMinutes * 60_000),
                share: Math.round(log.data.pausedShare * 100),
              })}
            </p>
          )}
          {log.data.clocks.map((clock) => (
            <Clock key={clock.kind} clock={clock} />
          ))}
        </>
      )}
    </Dialog>
  );
}
