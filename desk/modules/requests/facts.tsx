import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { RequestThread } from '../../../contract/requests.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { Button, DeadlineClock, Glyph, StateGlyph } from '../../kit/index.ts';
import { LedgerFact } from '../ledger/fact.tsx';
import { Alike } from '../likeness/alike.tsx';
import { RequestTasks } from '../tasks/request-tasks.tsx';
import { useClockWords } from './clock-log-words.ts';
import { usePartWords } from './part-words.ts';
import { Parts } from './parts.tsx';
import { useRequestWords } from './request-words.ts';
import { Returns } from './returns.tsx';
import { useT } from './words.ts';

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

function StoppedClock({ thread }: { thread: RequestThread }) {
  const t = useRequestWords();
  const format = useFormat();
  const { handledAt, resolve } = thread.dues;
  if (!handledAt) return <b>{t('clock_done')}</b>;
  const late = Date.parse(handledAt) - Date.parse(resolve);
  return (
    <div>
      <p>
        <b>{t('clock_doneAt', { at: format.moment(handledAt) })}</b>
      </p>
      <p className={late > 0 ? 'small over row' : 'small soft row'}>
        <Glyph name={late > 0 ? 'square' : 'tick'} />
        {late > 0 ? t('pastDue', { span: format.span(late) }) : t('withinDue', { due: format.moment(resolve) })}
      </p>
    </div>
  );
}

function Dues({ thread, onClock }: { thread: RequestThread; onClock: () => void }) {
  const t = useRequestWords();
  const clockWords = useClockWords();
  const format = useFormat();
  const { dues } = thread;
  const extended = dues.resolveNow !== dues.resolve;
  return (
    <section aria-label={t('dues')}>
      {thread.clock ? (
        <DeadlineClock
          block
          kind={thread.clock.kind}
          due={thread.clock.due}
          originalDue={thread.clock.originalDue}
          from={thread.clock.from}
          paused={thread.clock.paused}
        />
      ) : (
        <StoppedClock thread={thread} />
      )}
      <dl className="facts-list">
        {thread.clock?.kind !== 'contact' && (
          <Fact label={t('due_contact')}>
            {format.moment(dues.contact)}{' '}
            {dues.contactedAt && (
              <span className="soft small">{t('contacted', { at: format.moment(dues.contactedAt) })}</span>
            )}
          </Fact>
        )}
        {thread.clock?.kind !== 'resolve' && (
          <Fact label={t('due_resolve')}>
            {extended && <s>{format.moment(dues.resolve)}</s>} {format.moment(dues.resolveNow)}
          </Fact>
        )}
        {dues.inner && <Fact label={t('inner')}>{format.moment(dues.inner)}</Fact>}
        <Fact label={t('promise')}>{format.moment(thread.promise)}</Fact>
        {thread.suspendedMinutes > 0 && (
          <Fact label={t('suspended')}>
            {t('suspendedOf', { span: format.span(thread.suspendedMinutes * 60_000) })}
          </Fact>
        )}
      </dl>
      <Button small keys={['T']} onClick={onClock}>
        {clockWords('open')}
      </Button>
    </section>
  );
}

function Who({ thread }: { thread: RequestThread }) {
  const t = useRequestWords();
  const { requester } = thread;
  if (!requester) {
    return (
      <span className="soft row">
        <Glyph name="lock" className="seal" />
        {t('hidden', { why: t(`hidden_${thread.confidentiality}`) })}
      </span>
    );
  }
  return (
    <>
      {requester.label ?? '—'}{' '}
      {requester.callback && (
        <a className="link" href={`tel:${requester.callback.replace(/\s/g, '')}`}>
          {requester.callback}
        </a>
      )}
    </>
  );
}

/** What is known of a request, as far as this reader may know it. */
export function Facts({ thread, onClock }: { thread: RequestThread; onClock: () => void }) {
  const t = useRequestWords();
  const words = useT();
  const parts = usePartWords();
  const directory = useDirectory();
  const format = useFormat();
  const category = directory.category(thread.categoryId);
  const site = directory.node(thread.siteId);
  const about = [directory.lineName(thread.aboutLineId), directory.nameOf(thread.aboutUnitId)]
    .filter(Boolean)
    .join(t('sep'));
  const lead = [directory.lineName(thread.lineId), directory.nameOf(thread.leadUnitId), thread.handler]
    .filter(Boolean)
    .join(t('sep'));
  const proposed = thread.suggestion;
  const coLines = (proposed?.coLineIds ?? []).map((id) => directory.lineName(id)).join(t('sep'));
  const stars = (n: number | null) => (n === null ? '—' : String(n));
  return (
    <>
      <Dues thread={thread} onClock={onClock} />
      <LedgerFact thread={thread} />
      {thread.ask && (
        <section>
          <dl className="facts-list">
            <Fact label={t('ask')}>
              {t(`askOf_${thread.ask.kind}`, { who: thread.ask.askedBy, until: format.moment(thread.ask.until) })}
              <p className="soft">{thread.ask.reason}</p>
            </Fact>
          </dl>
        </section>
      )}
      <section>
        <dl className="facts-list">
          <Fact label={t('requester')}>
            <Who thread={thread} />
          </Fact>
          <Fact label={t('site')}>
            {site ? (
              <>
                {site.code} {directory.nameOf(site.id)}{' '}
                <span className="softer">{directory.nameOf(thread.unitId)}</span>
              </>
            ) : (
              <>
                {directory.nameOf(thread.unitId)} <span className="softer">{t('smallSite')}</span>
              </>
            )}
          </Fact>
          {thread.point && <Fact label={t('point')}>{thread.point}</Fact>}
          <Fact label={t('category')}>
            {category?.code} {directory.categoryName(thread.categoryId)}{' '}
            {category?.relapseDays ? <span className="softer">{t('relapse', { n: category.relapseDays })}</span> : null}
          </Fact>
          <Fact label={t('priority')}>{words(`priority_${thread.priority}`)}</Fact>
          <Fact label={t('channel')}>
            {words(`channel_${thread.channel}`)}{' '}
            <span className="softer">
              {words(thread.confidentiality === 'open' ? 'open_name' : thread.confidentiality)}
            </span>
          </Fact>
        </dl>
      </section>
      <section>
        <dl className="facts-list">
          <Fact label={t('lead')}>
            {lead || (
              <span className="suggestion" title={t('suggested')}>
                {[directory.lineName(thread.suggestedLineId), directory.nameOf(proposed?.unitId)]
                  .filter(Boolean)
                  .join(t('sep'))}
              </span>
            )}
          </Fact>
          {thread.takeover && (
            <Fact label={parts('takenOver')}>
              {parts('takenOverFrom', {
                line: directory.lineName(thread.takeover.fromLineId),
                at: format.moment(thread.takeover.at),
                who: thread.takeover.by,
              })}
            </Fact>
          )}
          {!lead && coLines && (
            <Fact label={t('co')}>
              <span className="suggestion" title={t('suggested')}>
                {coLines}
              </span>
            </Fact>
          )}
          {about && <Fact label={t('about')}>{about}</Fact>}
          {thread.returns > 0 && (
            <Fact label={t('returns')}>
              <Returns thread={thread} />
            </Fact>
          )}
          <Fact label={t('verifier')}>
            {thread.lineId ? t('verifierWho', { line: directory.lineName(thread.lineId) }) : t('verifierAny')}
          </Fact>
        </dl>
      </section>
      <Parts thread={thread} />
      <RequestTasks thread={thread} />
      <Alike thread={thread} />
      {(thread.siblings.length > 0 || thread.rating || (thread.summary && thread.summary !== thread.text)) && (
        <section>
          <dl className="facts-list">
            {thread.summary && thread.summary !== thread.text && <Fact label={t('summary')}>{thread.summary}</Fact>}
            {thread.siblings.length > 0 && (
              <Fact label={t('siblings')}>
                {thread.siblings.map((each) => (
                  <p key={each.id} className="row">
                    <Link className="link" to="/requests/$id" params={{ id: each.id } as never}>
                      {each.number}
                    </Link>
                    <StateGlyph state={each.state} />
                  </p>
                ))}
              </Fact>
            )}
            {thread.rating && (
              <Fact label={t('rating')}>
                {t('ratingOf', {
                  result: stars(thread.rating.result),
                  speed: stars(thread.rating.speed),
                  attitude: stars(thread.rating.attitude),
                })}
              </Fact>
            )}
          </dl>
        </section>
      )}
    </>
  );
}
