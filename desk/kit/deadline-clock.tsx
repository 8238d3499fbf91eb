import { useFormat } from '../app/format.ts';
import { useNow } from '../app/now.ts';
import { defineWords, useWords } from '../app/words.ts';
import { Glyph } from './glyph.tsx';

const words = defineWords({
  left: ['剩 {span}', '{span} left'],
  over: ['超 {span}', '{span} over'],
  paused: ['已暂停', 'paused'],
  due_triage: ['派单限', 'Dispatch by'],
  due_contact: ['应答限', 'Contact by'],
  due_resolve: ['办结限', 'Resolve by'],
  due: ['期限', 'Due'],
  originalOver: ['按原期限已超 {span}；及时率按原期限算', '{span} past the original due; statistics use the original'],
  originalCounts: ['延期后仍按原期限统计', 'Statistics use the original due'],
});

/** Fraction of the ring at which a clock counts as near, and the least time before due that does. */
const nearMs = 20 * 60_000;

interface Ring {
  share: number;
  tone: 'over' | 'near' | '';
}

function ringOf(due: number, from: number, at: number): Ring {
  const left = due - at;
  if (left <= 0) return { share: 1, tone: 'over' };
  const whole = Math.max(due - from, 1);
  return { share: Math.min(1, left / whole), tone: left <= nearMs || left / whole <= 0.15 ? 'near' : '' };
}

function RingMark({ ring, size, paused }: { ring: Ring; size: 16 | 56; paused: boolean }) {
  const centre = size / 2;
  const width = size === 16 ? 2.5 : 6;
  const radius = centre - width / 2 - (size === 16 ? 0.75 : 1);
  const around = 2 * Math.PI * radius;
  if (ring.tone === 'over' && size === 16) {
    return (
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="7" fill="var(--vermilion)" />
        <path d="M8 4v5M8 10.6v1.6" stroke="var(--card)" strokeWidth="1.8" />
      </svg>
    );
  }
  const colour = ring.tone === 'over' ? 'var(--vermilion)' : ring.tone === 'near' ? 'var(--amber)' : 'var(--ink-3)';
  return (
    <svg viewBox={`0 0 ${size} ${size}`} aria-hidden="true">
      <circle cx={centre} cy={centre} r={radius} fill="none" stroke="var(--fill)" strokeWidth={width} />
      <circle
        cx={centre}
        cy={centre}
        r={radius}
        fill="none"
        stroke={colour}
        strokeWidth={width}
        strokeDasharray={paused ? '2 3' : `${ring.share * around} ${around}`}
        transform={`rotate(-90 ${centre} ${centre})`}
      />
    </svg>
  );
}

interface Props {
  due: string;
  /** When the clock started; 24 h before the due time where nobody says. */
  from?: string;
  paused?: boolean;
  /** Struck through where the due time was extended. */
  originalDue?: string;
  kind?: 'triage' | 'contact' | 'resolve';
  /** The large form on a record's page. */
  block?: boolean;
}

/** Time left as a word and a ring. Statistics always use the original due time (rules 4). */
export function DeadlineClock({ due, from, paused = false, originalDue, kind, block }: Props) {
  const t = useWords(words);
  const format = useFormat();
  const at = useNow();
  const dueAt = Date.parse(due);
  const ring = ringOf(dueAt, from ? Date.parse(from) : dueAt - 86_400_000, at);
  const extended = originalDue !== undefined && Date.parse(originalDue) !== dueAt;
  const word = paused
    ? t('paused')
    : t(dueAt > at ? 'left' : 'over', {
        span: format.span(Math.ceil(Math.max(Math.abs(dueAt - at), 1) / 60_000) * 60_000),
      });
  const tone = paused ? '' : ring.tone;
  if (!block) {
    return (
      <span className="clock" title={format.full(due)}>
        <RingMark ring={paused ? { share: 1, tone: '' } : ring} size={16} paused={paused} />
        <span className={tone}>{word}</span>
      </span>
    );
  }
  const originalOver = originalDue !== undefined && extended ? at - Date.parse(originalDue) : 0;
  return (
    <div className="clock-block">
      <RingMark ring={paused ? { share: 1, tone: '' } : ring} size={56} paused={paused} />
      <div>
        <p className={`left ${tone}`}>{word}</p>
        <p>
          {t(kind ? `due_${kind}` : 'due')} {extended && <s>{format.moment(originalDue)}</s>}{' '}
          <b>{format.moment(due)}</b>
        </p>
      </div>
      {extended && (
        <p className={`also small ${originalOver > 0 ? 'over' : 'soft'}`}>
          <Glyph name={originalOver > 0 ? 'square' : 'dot'} />
          {originalOver > 0 ? t('originalOver', { span: format.span(originalOver) }) : t('originalCounts')}
        </p>
      )}
    </div>
  );
}
