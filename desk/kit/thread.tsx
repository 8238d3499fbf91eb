import type { ReactNode } from 'react';
import { useFormat } from '../app/format.ts';
import { Glyph, type GlyphName } from './glyph.tsx';

/** One thing that happened to a record. */
export interface ThreadEvent {
  id: string;
  at: string;
  /** Only the day is known to this reader. */
  dayOnly?: boolean;
  glyph: GlyphName;
  tone?: 'good' | 'near' | 'seal';
  what: string;
  who?: string;
  detail?: ReactNode;
  /** What a person wrote; quoted. */
  words?: string | null;
  /** The words are the requester's own. */
  theirs?: boolean;
  files?: readonly { id: string; name: string; kind: 'picture' | 'document'; href: string }[];
}

/** What happened, oldest first: when, what, who, the words, the evidence. */
export function Thread({ events, label, now }: { events: readonly ThreadEvent[]; label: string; now?: ReactNode }) {
  const format = useFormat();
  return (
    <ol aria-label={label}>
      {events.map((event) => (
        <li key={event.id} className="event">
          <time dateTime={event.at} title={event.dayOnly ? undefined : format.full(event.at)}>
            {event.dayOnly ? format.day(event.at) : format.moment(event.at)}
          </time>
          <span className={`event-mark ${event.tone ?? ''}`}>
            <Glyph name={event.glyph} />
          </span>
          <div>
            <b>{event.what}</b> {event.who && <span>{event.who}</span>}
            {event.detail && <p className="event-detail">{event.detail}</p>}
            {event.words && (
              <p className={event.theirs ? 'event-words theirs' : 'event-words soft'}>{format.quoted(event.words)}</p>
            )}
            {event.files && event.files.length > 0 && (
              <div className="event-files">
                {event.files.map((file) =>
                  file.kind === 'picture' ? (
                    <a key={file.id} href={file.href} target="_blank" rel="noreferrer" title={file.name}>
                      <img src={file.href} alt={file.name} loading="lazy" height={58} />
                    </a>
                  ) : (
                    <a key={file.id} className="document" href={file.href} download>
                      {file.name}
                    </a>
                  ),
                )}
              </div>
            )}
          </div>
        </li>
      ))}
      {now && (
        <li className="event">
          <span />
          <span className="event-mark">
            <Glyph name="ring" />
          </span>
          <div className="soft">{now}</div>
        </li>
      )}
    </ol>
  );
}
