import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { LedgerAbilities, LedgerEntry } from '../../../contract/ledger.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { Button, Glyph, Problem, RecordPage, StateGlyph, Thread, useKey } from '../../kit/index.ts';
import { useThreadEvents } from '../requests/thread-events.tsx';
import { entryQuery } from './data.ts';
import {
  AcknowledgementForm,
  DecisionForm,
  DeferralForm,
  ExplanationForm,
  HandoverForm,
  PanelForm,
  VoteForm,
} from './forms.tsx';
import { Ways } from './measures.tsx';
import { daysOf, LedgerState } from './state.tsx';
import '../requests/requests.css';
import './ledger.css';
import { useT } from './words.ts';

type Act = 'defer' | 'handOver' | 'panel' | 'explain' | 'decide' | 'acknowledge' | 'vote';

/** In the order of the bar: what somebody else waits for comes first. */
const acts: readonly { name: Act; ability: keyof LedgerAbilities; key: string }[] = [
  { name: 'vote', ability: 'vote', key: 'v' },
  { name: 'decide', ability: 'decide', key: 'y' },
  { name: 'acknowledge', ability: 'acknowledge', key: 'y' },
  { name: 'defer', ability: 'proposeDeferral', key: 'd' },
  { name: 'handOver', ability: 'proposeHandover', key: 'h' },
  { name: 'panel', ability: 'referToPanel', key: 'p' },
  { name: 'explain', ability: 'proposeExplanation', key: 'e' },
];

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Facts({ entry }: { entry: LedgerEntry }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const { request } = entry;
  // Of a confidential voice the day only.
  const spoken = request.dayOnly ? format.day : format.moment;
  const site = directory.node(request.siteId);
  return (
    <>
      <section aria-label={t('standing')}>
        <LedgerState row={entry} />
        <p className="small soft">
          {t(
            entry.exit === 'redone'
              ? 'countedRedone'
              : request.state === 'resolved_confirmed'
                ? 'countedPoor'
                : 'counted',
          )}
        </p>
        <dl className="facts-list">
          <Fact label={t('opened')}>
            {spoken(entry.openedAt)} <span className="softer">{t('days', { n: daysOf(entry) })}</span>
          </Fact>
          <Fact label={t('source')}>{t(`source_${entry.source}`)}</Fact>
          <Fact label={t('latest')}>
            {t(`source_${entry.lastSource}`)} <span className="softer">{spoken(entry.lastAt)}</span>
          </Fact>
          <Fact label={t('times')}>{entry.voices}</Fact>
          <Fact label={t('reopened')}>{t('reopenedHow', { n: entry.reopens, repeats: entry.repeats })}</Fact>
          {entry.verdict && <Fact label={t('verdict')}>{t(`verdict_${entry.verdict}`)}</Fact>}
          {entry.escalations.length > 0 && (
            <Fact label={t('escalated')}>
              {entry.escalations.map((one) => (
                <p key={one.step}>{t(`step_${one.step}`, { at: format.moment(one.at) })}</p>
              ))}
            </Fact>
          )}
        </dl>
      </section>
      <Ways entry={entry} />
      <section aria-label={t('request')}>
        <dl className="facts-list">
          <Fact label={t('request')}>
            {request.number} <StateGlyph state={request.state} work={request.work} />
            {entry.mayOpenRequest && (
              <p>
                <Link className="link" to="/requests/$id" params={{ id: request.id } as never}>
                  {t('openRequest')}
                </Link>
              </p>
            )}
          </Fact>
          <Fact label={t('category')}>{directory.categoryName(request.categoryId)}</Fact>
          <Fact label={t('place')}>
            {[site?.code, directory.nameOf(request.siteId ?? request.unitId)].filter(Boolean).join(' ')}
          </Fact>
          <Fact label={t('line')}>
            {[directory.lineName(request.lineId), directory.nameOf(request.leadUnitId)]
              .filter(Boolean)
              .join(t('sep')) || '—'}
          </Fact>
          {entry.related.length > 0 && (
            <Fact label={t('related')}>
              {entry.related.map((one) => (
                <p key={one.id}>
                  <Link className="link" to="/requests/$id" params={{ id: one.id } as never}>
                    {one.number}
                  </Link>{' '}
                  <span className="softer">{format.moment(one.at)}</span>
                </p>
              ))}
            </Fact>
          )}
        </dl>
      </section>
    </>
  );
}

function Waiting({ entry }: { entry: LedgerEntry }) {
  const t = useT();
  const format = useFormat();
  if (entry.state === 'closed') return null;
  const what =
    entry.pending !== null
      ? t('now_pending')
      : entry.state === 'open' && entry.request.state === 'handled'
        ? t('now_handled')
        : entry.state === 'open' && entry.request.state === 'resolved_confirmed'
          ? t('now_solved')
          : t(`now_${entry.state}`, { until: entry.until ? format.moment(entry.until) : '' });
  return (
    <>
      <b>{t('now')}</b> {what}
    </>
  );
}

function OpenEntry({ entry }: { entry: LedgerEntry }) {
  const t = useT();
  const navigate = useNavigate();
  const directory = useDirectory();
  const events = useThreadEvents(entry.thread, `/api/ledger/${entry.id}/files`);
  const [form, setForm] = useState<Act | null>(null);
  // What is decided, confirmed or voted on is the measure the form was opened for, also when it has been decided since.
  const [measureId, setMeasureId] = useState<string | null>(null);
  const formPlace = useRef<HTMLDivElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const count = events.length;
  useEffect(() => {
    const place = end.current?.parentElement;
    if (place && count > 0) place.scrollTop = place.scrollHeight;
  }, [count]);
  useEffect(() => {
    if (form) formPlace.current?.scrollIntoView({ block: 'nearest' });
  }, [form]);
  useKey('Escape', () => void navigate({ to: '/ledger' }), { enabled: form === null, hint: t('back') });
  const offered = acts.filter((one) => entry.can[one.ability]);
  const asked = entry.measures.find((one) => one.id === measureId);
  const open = (act: Act) => {
    setMeasureId(entry.measures.find((one) => one.state === 'proposed')?.id ?? null);
    setForm(act);
  };
  const close = () => setForm(null);
  const { request } = entry;
  return (
    <>
      <RecordPage
        labels={{ thread: t('thread'), facts: t('facts'), acts: t('acts') }}
        head={
          <div className="lg-title">
            <Link className="link row" to="/ledger">
              <Glyph name="left" />
              {t('back')}
            </Link>
            <span className="softer">/</span>
            <h1>{request.number}</h1>
            {entry.voices > 1 && <span className="tag">{t('voices', { n: entry.voices })}</span>}
            {entry.repeats > 0 && <span className="tag">{t('repeats', { n: entry.repeats })}</span>}
            <span className="soft">
              {[directory.categoryName(request.categoryId), directory.nameOf(request.siteId ?? request.unitId)].join(
                t('sep'),
              )}
            </span>
            <span className="grow" />
            <LedgerState row={entry} />
          </div>
        }
        thread={
          <>
            <Thread label={t('thread')} events={events} now={entry.state !== 'closed' && <Waiting entry={entry} />} />
            <div ref={end} />
          </>
        }
        facts={<Facts entry={entry} />}
        form={
          form && (
            <div className="record-form" ref={formPlace}>
              <h2 className="form-title">{t(`act_${form}`)}</h2>
              {form === 'defer' && <DeferralForm entry={entry} onClose={close} />}
              {form === 'handOver' && <HandoverForm entry={entry} onClose={close} />}
              {form === 'panel' && <PanelForm entry={entry} onClose={close} />}
              {form === 'explain' && (
                <ExplanationForm thread={entry.thread} contacts={entry.contacts} onClose={close} onDone={close} />
              )}
              {form === 'decide' && asked && <DecisionForm entry={entry} measure={asked} onClose={close} />}
              {form === 'acknowledge' && asked && <AcknowledgementForm entry={entry} measure={asked} onClose={close} />}
              {form === 'vote' && asked && <VoteForm entry={entry} measure={asked} onClose={close} />}
            </div>
          )
        }
        acts={
          <>
            {offered.map((one, i) => (
              <Button
                key={one.name}
                kind={i === 0 && form === null ? 'main' : undefined}
                keys={[one.key.toUpperCase()]}
                aria-pressed={form === one.name ? true : undefined}
                onClick={() => (form === one.name ? close() : open(one.name))}
              >
                {t(`act_${one.name}`)}
              </Button>
            ))}
            {offered.length === 0 && <span className="soft">{t('nothingToDo')}</span>}
            <span className="grow" />
            <span className="small soft">
              {Object.values(entry.cannot)
                .map((code) => t.or(`why_${code}`, ''))
                .filter(Boolean)
                .join(t('sep'))}
            </span>
          </>
        }
      />
      {offered.map((one) => (
        <ActKey key={one.name} char={one.key} hint={t(`act_${one.name}`)} run={() => open(one.name)} />
      ))}
    </>
  );
}

function ActKey({ char, hint, run }: { char: string; hint: string; run: () => void }) {
  useKey(char, run, { hint });
  return null;
}

/** One entry: what was said and done, the ways out with their documents, and what this person may do. */
export default function LedgerEntryPage() {
  const t = useT();
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useQuery(entryQuery(id));
  if (query.error && !query.data)
    return <Problem title={t('entryFailed')} error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <div className="page-waiting" aria-busy="true" />;
  return <OpenEntry key={id} entry={query.data} />;
}
