import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { type Counts, isAsked, partsOf, type ReportItem, sum, type Value } from '../../../contract/report-checks.ts';
import { reportEndpoints as api } from '../../../contract/reports.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button } from '../../kit/button.tsx';
import { Empty } from '../../kit/empty.tsx';
import { Notice } from '../../kit/notice.tsx';
import { notify } from '../../kit/notify.tsx';
import { Problem } from '../../kit/problem.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { Office } from './office.tsx';
import './reports.css';
import { useT } from './words.ts';

type Filing = OutputOf<typeof api.filing>;
type Version = Filing['versions'][number];

interface Line {
  key: string;
  name: string;
  unit: string;
  of(values: Version['values'] | undefined): string;
}

/** One line for an item, or one for each of its crews and parts. */
function useLines(filing: Filing): Line[] {
  const t = useT();
  const language = useLocale();
  const crews = new Map(filing.versions.flatMap((version) => version.crews).map((crew) => [crew.id, crew]));
  const said = (item: ReportItem, value: Value | undefined): string => {
    if (value === null || value === undefined) return '–';
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (item.kind === 'choice') {
      const option = item.options.find((each) => each.key === value);
      return option ? nameIn(option, language) : String(value);
    }
    return String(value);
  };
  return filing.form.items
    .filter((item) => isAsked(item, filing.stage))
    .flatMap((item) => {
      const unit = nameIn({ zh: item.unitZh, en: item.unitEn }, language);
      const parts = partsOf(item, [...crews.values()]);
      if (!parts)
        return [
          {
            key: item.key,
            name: nameIn(item, language),
            unit,
            of: (values) => said(item, values?.[item.key] as Value),
          },
        ];
      const whole: Line = {
        key: item.key,
        name: nameIn(item, language),
        unit,
        of: (values) => (values?.[item.key] ? String(sum(values[item.key] as Counts, parts)) : '–'),
      };
      const each = parts.map((part): Line => {
        const option = item.options.find((one) => one.key === part);
        return {
          key: `${item.key}/${part}`,
          name: `　${crews.get(part)?.zh ?? (option ? nameIn(option, language) : part)}`,
          unit: option ? nameIn({ zh: option.unitZh, en: option.unitEn }, language) : '',
          of: (values) => String((values?.[item.key] as Counts | undefined)?.[part] ?? '–'),
        };
      });
      return item.kind === 'crews' ? [whole, ...each] : each;
    });
}

function Flags({ version, lines }: { version: Version; lines: readonly Line[] }) {
  const t = useT();
  return version.flags.map((flag) => {
    const words = version.confirmed[flag.key];
    return (
      <p className="rp-flag" key={flag.key}>
        <span className="tag near">{lines.find((line) => line.key === flag.key)?.name.trim() ?? flag.key}</span>
        <span>{t('unusual', { value: flag.value, low: flag.usual.low, high: flag.usual.high, n: flag.usual.n })}</span>
        {words !== undefined && (
          <span className="small soft">{words === '' ? t('confirmed') : t('confirmedWords', { text: words })}</span>
        )}
      </p>
    );
  });
}

function Check({ filing, version }: { filing: Filing; version: Version }) {
  const t = useT();
  const [words, setWords] = useState('');
  const [missing, setMissing] = useState(false);
  const check = useAct(api.check, {
    refreshes: [['reports']],
    onDone: (_, { outcome }) => notify.good(t(outcome === 'checked' ? 'checkedNow' : 'returnedNow')),
    onFail: notify.problem,
  });
  return (
    <div className="rp-acts">
      <TextField
        label={t('returnWords')}
        value={words}
        maxLength={500}
        rows={2}
        fault={missing && words.trim() === '' ? t('returnFault') : undefined}
        onChange={setWords}
      />
      <Button
        busy={check.isPending}
        onClick={() => {
          setMissing(true);
          if (words.trim() !== '') check.mutate({ id: filing.id!, versionId: version.id, outcome: 'returned', words });
        }}
      >
        {t('returnIt')}
      </Button>
      <Button
        kind="main"
        busy={check.isPending}
        onClick={() => check.mutate({ id: filing.id!, versionId: version.id, outcome: 'checked' })}
      >
        {t('check')}
      </Button>
    </div>
  );
}

/** One place's day: every version side by side with the day before, what is unusual, and who checked it. */
export default function FilingPage() {
  const t = useT();
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error, refetch } = useQuery({
    queryKey: ['reports', 'filing', id],
    queryFn: () => call(api.filing, { id }),
  });
  if (error && !data) return <Problem title={t('loadFailed')} error={error} onRetry={refetch} />;
  return data ? <Sheet filing={data} /> : null;
}

function Sheet({ filing }: { filing: Filing }) {
  const t = useT();
  const format = useFormat();
  const language = useLocale();
  const directory = useDirectory();
  const lines = useLines(filing);
  // The one that stands first, then the newest.
  const versions = [...filing.versions].sort((a, b) => Number(b.stands) - Number(a.stands) || b.no - a.no);
  const [standing] = versions;
  return (
    <div className="rp-page">
      <header className="rp-head">
        <Link className="linkish" to="/reports" search={{ form: filing.form.code, day: filing.day } as never}>
          {t('back')}
        </Link>
        <h1>
          {directory.nameOf(filing.nodeId)} · {nameIn(filing.form, language)} {format.date(filing.day)}
        </h1>
        <span className="tag">{t(filing.state === 'open' ? 'st_open' : `st_${filing.state}`)}</span>
        {filing.timing === 'late' && <span className="tag near">{t('late')}</span>}
        {filing.amended && <span className="tag">{t('amended')}</span>}
        {filing.locked && <span className="small soft">{t('locked')}</span>}
        <span className="small soft">{t('dueAt', { at: format.moment(filing.dueAt) })}</span>
        <span className="rp-push rp-whom small soft">
          <span>{filing.officers.join('、')}</span>
          <Office
            nodeId={filing.nodeId}
            place={directory.nameOf(filing.nodeId)}
            phone={filing.phone}
            keeps={filing.can.office}
          />
        </span>
      </header>
      {filing.returned && <Notice>{t('returnedWords', { text: filing.returned })}</Notice>}
      {standing?.baseNow != null && (
        <Notice>
          {standing.base
            ? t('baseNow', { was: standing.base.heads, now: standing.baseNow })
            : t('baseNone', { now: standing.baseNow })}
        </Notice>
      )}
      {!standing ? (
        <Empty title={t('nothingSent')} />
      ) : (
        <>
          {standing.flags.length > 0 && (
            <section className="rp-panel" aria-label={t('flagged')}>
              <Flags version={standing} lines={lines} />
            </section>
          )}
          <div className="rp-panel">
            <table className="rp-table">
              <thead>
                <tr>
                  <th scope="col">{t('item')}</th>
                  {filing.previous && (
                    <th scope="col" className="num">
                      {t('before', { day: format.date(filing.previous.day) })}
                    </th>
                  )}
                  {versions.map((version) => (
                    <th key={version.id} scope="col" className={version.stands ? 'num rp-stands' : 'num'}>
                      {t('version', { n: version.no })} · {t(version.stands ? 'stands' : 'other')}
                      <br />
                      {version.by} {t('made', { at: format.moment(version.madeAt) })}
                      {version.offline && ` · ${t('offline')}`}
                      <br />
                      {t('came', { at: format.moment(version.receivedAt) })}
                      {version.afterLock && ` · ${t('afterLock')}`}
                      {version.reason && (
                        <>
                          <br />
                          {t('reason', { text: version.reason })}
                        </>
                      )}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {lines.map((line) => (
                  <tr key={line.key}>
                    <th scope="row">
                      {line.name} <span className="small soft">{line.unit}</span>
                    </th>
                    {filing.previous && <td className="num soft">{line.of(filing.previous.values)}</td>}
                    {versions.map((version) => {
                      const differs = !version.stands && line.of(version.values) !== line.of(standing.values);
                      return (
                        <td key={version.id} className={differs ? 'num rp-changed' : 'num'}>
                          {line.of(version.values)}
                        </td>
                      );
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {filing.can.check && <Check filing={filing} version={standing} />}
          {filing.checkedBy && (
            <p className="small soft">
              {t('checked')} · {filing.checkedBy}
            </p>
          )}
        </>
      )}
    </div>
  );
}
