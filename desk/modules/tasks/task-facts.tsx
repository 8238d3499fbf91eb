import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { TaskView } from '../../../contract/tasks.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { DeadlineClock, Glyph } from '../../kit/index.ts';
import { useRoleWords } from '../access/roles.ts';
import { SlipMark, useOwnerName } from './marks.tsx';
import { useT } from './words.ts';

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Source({ task }: { task: TaskView }) {
  const t = useT();
  const { kind, id, label } = task.source;
  if (label === null) return <span className="softer">{t('withheld')}</span>;
  const word = t(`source_${kind}`);
  if (id && (kind === 'request' || kind === 'problem'))
    return (
      <>
        {word}{' '}
        <Link className="link" to={kind === 'request' ? '/requests/$id' : '/problems/$id'} params={{ id } as never}>
          {label}
        </Link>
      </>
    );
  return <>{[word, label].filter(Boolean).join(' ')}</>;
}

function Slips({ task }: { task: TaskView }) {
  const t = useT();
  const format = useFormat();
  return (
    <section aria-label={t('slips')}>
      <h2 className="small softer">{t('slips')}</h2>
      {task.slips.length === 0 && <p className="soft">{t('noSlips')}</p>}
      <ul className="ta-slips">
        {task.slips.map((slip) => (
          <li key={slip.no}>
            <SlipMark colour={slip.colour} />
            <span className="soft cut">{t(`why_${slip.why}`)}</span>
            <span className="softer small">{format.moment(slip.issuedAt)}</span>
            <Link
              className="link small"
              to="/tasks/$id/slips/$no"
              params={{ id: task.id, no: String(slip.no) } as never}
              aria-label={`${t('print')} ${t(`colour_${slip.colour}`)} ${slip.no}`}
            >
              {t('print')}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** One line for each step of the ladder: who was told, how often, and when last. */
function Tellings({ task }: { task: TaskView }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const roles = useRoleWords();
  const steps = new Map<string, TaskView['tellings']>();
  for (const one of task.tellings) {
    const key = `${one.role} ${one.nodeId}`;
    steps.set(key, [...(steps.get(key) ?? []), one]);
  }
  if (steps.size === 0) return null;
  return (
    <section aria-label={t('tellings')}>
      <h2 className="small softer">{t('tellings')}</h2>
      <ul className="ta-tellings">
        {[...steps].map(([key, of]) => {
          const last = of.at(-1)!;
          const unit = directory.node(last.nodeId)?.kind === 'group' ? '' : directory.nameOf(last.nodeId);
          return (
            <li key={key} className="small">
              <span className="cut">
                {[roles.or(last.role, last.role), unit].filter(Boolean).join(' ')}
                {t('sep')}
                {last.addressees > 0 ? t('people', { n: last.addressees }) : t('vacant')}
              </span>
              <span>{t('times', { n: of.length })}</span>
              <span className="softer">{format.moment(last.at)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Independence({ task }: { task: TaskView }) {
  const t = useT();
  if (!task.independence[0]?.holds) return null;
  return (
    <section aria-label={t('independence')}>
      <h2 className="small softer">{t('independence')}</h2>
      <ul>
        {task.independence.map(({ rule, holds }) => (
          <li key={rule} className={holds ? 'row soft' : 'row over'}>
            <Glyph name={holds ? 'tick' : 'cross'} /> {t(`rule_${rule}`)}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What is known of a task, as far as this reader may know it. */
export function TaskFacts({ task }: { task: TaskView }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const ownerName = useOwnerName();
  const running = !['accepted', 'void', 'submitted'].includes(task.state);
  const place = [directory.node(task.siteId)?.code, directory.nameOf(task.siteId ?? task.unitId)]
    .filter(Boolean)
    .join(' ');
  return (
    <>
      <section aria-label={t('due')}>
        {running ? (
          <DeadlineClock block due={task.due} from={task.issuedAt} originalDue={task.originalDue} />
        ) : (
          <p>
            <b>{task.submittedAt && format.full(task.submittedAt)}</b>{' '}
            {task.onTime !== null && (
              <span className={task.onTime ? 'soft' : 'over'}>{t(task.onTime ? 'onTime' : 'late')}</span>
            )}
          </p>
        )}
        <dl className="facts-list">
          {!running && <Fact label={t('due')}>{format.full(task.originalDue)}</Fact>}
          <Fact label={task.receivedAt ? t('received') : t('receiveBy')}>
            {format.moment(task.receivedAt ?? task.receiveBy)}{' '}
            {task.silentlyReceived && <span className="soft small">{t('silent')}</span>}
          </Fact>
        </dl>
      </section>
      <section aria-label={t('facts')}>
        <dl className="facts-list">
          <Fact label={t('owner')}>
            <b>{ownerName(task.owner)}</b>
          </Fact>
          {task.owner.holder && <Fact label={t('holder')}>{task.owner.holder}</Fact>}
          <Fact label={t('issuer')}>
            {task.issuer || t('byItself')} <span className="soft small">{format.moment(task.issuedAt)}</span>
          </Fact>
          <Fact label={t('source')}>
            <Source task={task} />
          </Fact>
          {place && <Fact label={t('where')}>{place}</Fact>}
          {task.directives.length > 0 && (
            <Fact label={t('servesDirective')}>
              {task.directives.map((one) => (
                <Link
                  key={`${one.directiveId}${one.paragraph}`}
                  className="link"
                  to="/directives/$id"
                  params={{ id: one.directiveId } as never}
                >
                  {one.documentNumber} {t('paragraph', { n: one.paragraph })}{' '}
                </Link>
              ))}
            </Fact>
          )}
          {task.problems.length > 0 && (
            <Fact label={t('partOf')}>
              {task.problems.map((one) => (
                <Link key={one.id} className="link" to="/problems/$id" params={{ id: one.id } as never}>
                  {one.number}{' '}
                </Link>
              ))}
            </Fact>
          )}
        </dl>
      </section>
      {task.milestones.length > 0 && (
        <section aria-label={t('milestones')}>
          <h2 className="small softer">{t('milestones')}</h2>
          <ul>
            {task.milestones.map((one) => (
              <li key={one.id} className="row">
                <Glyph name={one.metAt ? 'tick' : 'empty'} />
                <span className="cut">{one.what}</span>
                <span className="grow" />
                <span className="soft small">
                  {format.moment(one.due)} {t(one.metAt ? 'met' : 'notMet')}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Slips task={task} />
      <Tellings task={task} />
      <Independence task={task} />
    </>
  );
}
