import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { measureEndpoints as api, type MeasureMark } from '../../../contract/measures.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import {
  Button,
  DeadlineClock,
  Glyph,
  type GlyphName,
  Problem,
  RecordPage,
  Thread,
  type ThreadEvent,
} from '../../kit/index.ts';
import { type Act, ActForm, type OneMeasure } from './acts.tsx';
import { MeasureState, usePlace } from './marks.tsx';
import './measures.css';
import { useT } from './words.ts';

const markGlyphs: Record<MeasureMark['kind'], GlyphName> = {
  happened: 'dot',
  done: 'half',
  more: 'half',
  cannot: 'dash',
  help: 'again',
  excused: 'dash',
  agreed: 'tick',
  refused: 'back',
};

function useEvents(measure: OneMeasure): ThreadEvent[] {
  const t = useT();
  const format = useFormat();
  return measure.marks.map((mark) => ({
    id: mark.id,
    at: mark.at,
    glyph: markGlyphs[mark.kind],
    tone: mark.kind === 'agreed' ? 'good' : undefined,
    what: t(`mark_${mark.kind}`),
    who: mark.by,
    words: mark.words,
    detail:
      [
        mark.number,
        mark.signer && t('signed', { who: mark.signer }),
        mark.offline &&
          `${t('offline')}：${t('madeAt', { at: format.moment(mark.madeAt ?? mark.at), received: format.moment(mark.receivedAt) })}`,
      ]
        .filter((part) => part !== null && part !== false && part !== '')
        .join(' · ') || undefined,
    files: mark.files.map((file) => ({ ...file, href: `/api/measures/${measure.id}/files/${file.id}` })),
  }));
}

function Facts({ measure }: { measure: OneMeasure }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const placeOf = usePlace();
  const facts: [string, React.ReactNode][] = [
    [t('fact_place'), placeOf(measure)],
    [t('fact_where'), measure.where],
    [t('fact_how'), measure.how],
    [t('fact_evidence'), t(`evidence_${measure.evidence}`, { n: Math.max(1, measure.evidenceCount) })],
    [t('fact_window'), `${format.moment(measure.from)} – ${format.moment(measure.due)}`],
    [t('fact_line'), directory.lineName(measure.workLineId)],
    [t('fact_stage'), measure.stage],
    [t('fact_phase'), t.or(`phase_${measure.phase}`, measure.phase)],
    [t('fact_nature'), t.or(`nature_${measure.nature}`, measure.nature)],
    [
      t('fact_ring'),
      measure.ring.map(({ name, number }) => (
        <p key={name}>
          <a className="link" href={`tel:${number}`}>
            {t('ring', { name, number: number ?? '' })}
          </a>
        </p>
      )),
    ],
    [
      t('fact_task'),
      measure.cannot?.task && (
        <Link className="link" to="/tasks/$id" params={{ id: measure.cannot.task.id } as never}>
          {measure.cannot.task.number}
        </Link>
      ),
    ],
  ];
  return (
    <dl className="me-facts">
      {facts
        .filter(([, value]) => value && (!Array.isArray(value) || value.length > 0))
        .map(([label, value]) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function OpenMeasure({ measure }: { measure: OneMeasure }) {
  const t = useT();
  const format = useFormat();
  const language = useLocale();
  const events = useEvents(measure);
  const [form, setForm] = useState<Act | null>(null);
  const formPlace = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!form) return;
    formPlace.current?.scrollIntoView({ block: 'nearest' });
    formPlace.current?.querySelector<HTMLElement>('input, textarea')?.focus();
  }, [form]);
  const { can } = measure;
  const acts: [Act, boolean][] = [
    ['tick', can.tick],
    ['cannot', can.cannot],
    ['help', can.answer],
    ['excused', can.answer],
    ['agreed', can.check],
    ['refused', can.check],
  ];
  const may = acts.filter(([, allowed]) => allowed).map(([act]) => act);
  const open = measure.state === 'open' || measure.state === 'lapsed';
  return (
    <RecordPage
      labels={{ thread: t('thread'), facts: t('facts'), acts: t('acts') }}
      head={
        <>
          <div className="me-crumb">
            <Link className="soft row" to="/measures">
              <Glyph name="left" />
              {t('back')}
            </Link>
            <span className="softer">/</span>
            <h1 className="cut">{nameIn(measure.title, language)}</h1>
            {measure.red && <span className="tag over">{t('red')}</span>}
            {measure.own && <span className="tag">{t('own')}</span>}
            {measure.verdict && <span className="tag">{t(`verdict_${measure.verdict}`)}</span>}
            <span className="grow" />
            <MeasureState due={measure} />
            {open && <DeadlineClock due={measure.due} from={measure.from} />}
          </div>
          {measure.lapsedAt && <p className="small soft">{t('lapsedAt', { at: format.moment(measure.lapsedAt) })}</p>}
        </>
      }
      thread={<Thread label={t('thread')} events={events} now={<MeasureState due={measure} />} />}
      facts={<Facts measure={measure} />}
      form={
        form && (
          <div className="record-form" ref={formPlace}>
            <h2 className="form-title">
              {t(form === 'tick' && measure.state === 'done' ? 'act_more' : `act_${form}`)}
            </h2>
            <ActForm key={form} measure={measure} act={form} onClose={() => setForm(null)} />
          </div>
        )
      }
      acts={
        <>
          {may.map((act, i) => (
            <Button
              key={act}
              kind={i === 0 && measure.state !== 'done' ? 'main' : undefined}
              aria-pressed={act === form || undefined}
              onClick={() => setForm((was) => (was === act ? null : act))}
            >
              {t(act === 'tick' && measure.state === 'done' ? 'act_more' : `act_${act}`)}
            </Button>
          ))}
          {may.length === 0 && <span className="soft">{t('nothingNow')}</span>}
        </>
      }
    />
  );
}

/** One measure in one window: what it asks, what was shown, who said what, and what may be done now. */
export default function MeasurePage() {
  const t = useT();
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useQuery({
    queryKey: ['measures', 'one', id],
    queryFn: () => call(api.one, { id }),
    refetchInterval: 30_000,
  });
  if (query.error && !query.data)
    return <Problem title={t('loadFailed')} error={query.error} onRetry={() => query.refetch()} />;
  if (!query.data) return <div className="page-waiting" aria-busy="true" />;
  return <OpenMeasure key={id} measure={query.data} />;
}
