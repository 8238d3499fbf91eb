import type { ReactNode } from 'react';
import './record-page.css';

interface Props {
  /** Head of the record: number, words, how far it has come. */
  head: ReactNode;
  thread: ReactNode;
  facts: ReactNode;
  /** A form that is open above the acts. */
  form?: ReactNode;
  /** The only acts this person may take now. */
  acts: ReactNode;
  labels: { thread: string; facts: string; acts: string };
}

/** A record: left what happened, right the facts, at the foot what may be done now. */
export function RecordPage({ head, thread, facts, form, acts, labels }: Props) {
  return (
    <div className="record">
      <header className="record-head">{head}</header>
      <div className="record-body">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
        <section className="record-thread" aria-label={labels.thread} tabIndex={0}>
          {thread}
        </section>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
        <aside className="record-facts" aria-label={labels.facts} tabIndex={0}>
          {facts}
        </aside>
      </div>
      {form}
      <section className="acts" aria-label={labels.acts}>
        {acts}
      </section>
    </div>
  );
}
