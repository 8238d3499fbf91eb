import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Slip, TaskView } from '../../../contract/tasks.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button, Empty, Glyph, Problem } from '../../kit/index.ts';
import { SlipMark, useOwnerName } from './marks.tsx';
import { taskQuery } from './task-data.ts';
import './slip-sheet.css';
import './tasks.css';
import { useT } from './words.ts';

function Line({ label, children }: { label: string; children?: ReactNode }) {
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{children}</td>
    </tr>
  );
}

/** One A4 sheet 督办单: its colour is also a word and a shape, so that a black-and-white copy tells it. */
function Sheet({ task, slip }: { task: TaskView; slip: Slip }) {
  const t = useT();
  const format = useFormat();
  const language = useLocale();
  const directory = useDirectory();
  const ownerName = useOwnerName();
  const place = directory.nameOf(task.siteId ?? task.unitId);
  const extended = slip.due !== task.originalDue;
  return (
    <article className={`sl-sheet on-paper ${slip.colour}`} aria-label={`${t('slipTitle')} ${task.number}`}>
      <p className="sl-group">{nameIn(directory.group, language)}</p>
      <h1>{t('slipTitle')}</h1>
      <p className="sl-line">
        <span>{task.number}</span>
        <SlipMark colour={slip.colour} />
        <span>{t('slipNo', { n: slip.no })}</span>
      </p>
      <table>
        <tbody>
          <Line label={t('title')}>{task.title}</Line>
          <Line label={t('criterion')}>{task.criterion}</Line>
          <Line label={t('source')}>
            {[t(`source_${task.source.kind}`), task.source.label].filter(Boolean).join(' ')}
          </Line>
          <Line label={t('owner')}>
            {ownerName(task.owner)}
            {task.owner.holder && `${t('sep')}${task.owner.holder}`}
          </Line>
          {place && <Line label={t('where')}>{place}</Line>}
          <Line label={t('issuer')}>
            {task.issuer || t('byItself')}
            {t('sep')}
            {format.full(task.issuedAt)}
          </Line>
          <Line label={t('slipDue')}>
            <b>{format.full(slip.due)}</b>
            {extended && ` ${t('slipOriginally', { at: format.full(task.originalDue) })}`}
          </Line>
          <Line label={t('slipWhy')}>
            {t(`colour_${slip.colour}`)}
            {t('sep')}
            {t(`why_${slip.why}`)}
          </Line>
          <Line label={t('slipIssued')}>{format.full(slip.issuedAt)}</Line>
          <Line label={t('slipFeedback')}>
            <div className="sl-space">
              <span>{t('slipSignOwner')}</span>
              <span>{t('slipSignDate')}</span>
            </div>
          </Line>
          <Line label={t('slipAcceptance')}>
            <div className="sl-space">
              <span>{t('slipSignAcceptor')}</span>
              <span>{t('slipSignDate')}</span>
            </div>
          </Line>
        </tbody>
      </table>
      <p className="sl-foot">{t('slipFoot')}</p>
    </article>
  );
}

export default function SlipPage() {
  const t = useT();
  const { id, no } = useParams({ strict: false }) as { id: string; no: string };
  const query = useQuery(taskQuery(id));
  if (query.error && !query.data)
    return <Problem title={t('loadFailed')} error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <div className="page-waiting" aria-busy="true" />;
  const slip = query.data.slips.find((one) => String(one.no) === no);
  if (!slip)
    return (
      <Empty title={t('slipGone')}>
        <Link className="link" to="/tasks/$id" params={{ id } as never}>
          {t('backToTask', { number: query.data.number })}
        </Link>
      </Empty>
    );
  return (
    <div className="sl-page">
      <div className="sl-tools">
        <Link className="soft row" to="/tasks/$id" params={{ id } as never}>
          <Glyph name="left" />
          {t('backToTask', { number: query.data.number })}
        </Link>
        <span className="grow" />
        <Button kind="main" onClick={() => window.print()}>
          {t('printNow')}
        </Button>
      </div>
      <Sheet task={query.data} slip={slip} />
    </div>
  );
}
