import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { dutyEndpoints as api, dutyHours, type HoursCode } from '../../../contract/duty.ts';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { randomId } from '../../app/identifier.ts';
import { now } from '../../app/now.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Empty } from '../../kit/empty.tsx';
import { Glyph, type GlyphName } from '../../kit/glyph.tsx';
import { Notice } from '../../kit/notice.tsx';
import { notify } from '../../kit/notify.tsx';
import { Problem } from '../../kit/problem.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { PostForm } from './post-form.tsx';
import { RosterUpload } from './roster-upload.tsx';
import { useT } from './words.ts';

type WeekData = OutputOf<typeof api.week>;
type Post = WeekData['posts'][number];
type Cell = Post['cells'][number];
type Proposal = OutputOf<typeof api.propose>['entries'][number];

const marks: Record<string, GlyphName> = {
  planned: 'ring',
  taken: 'dot',
  handed_over: 'tick',
  missed: 'square',
  swapped: 'dash',
};
const shiftDays = (day: string, by: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);
const time = (minutes: number): string =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Chooses who takes some hours: the freshest first, what speaks against each beside them. */
function Assign({
  post,
  cell,
  beyondAllowed,
  onClose,
}: {
  post: Post;
  cell: Cell;
  beyondAllowed: boolean;
  onClose: () => void;
}) {
  const t = useT();
  const language = useLocale();
  const format = useFormat();
  const [chosen, setChosen] = useState<string | null>(null);
  const [why, setWhy] = useState('');
  const [id] = useState(randomId);
  const asked = { postId: post.id, day: cell.day, hours: cell.hours };
  const found = useQuery({ queryKey: ['duty', 'candidates', asked], queryFn: () => call(api.candidates, asked) });
  const done = { refreshes: [['duty']], onFail: notify.problem };
  const plan = useAct(api.plan, { ...done, onDone: onClose });
  const withdraw = useAct(api.withdraw, { ...done, onDone: onClose });
  const person = found.data?.people.find((one) => one.accountId === chosen);
  const tired = person?.against.some((one) => one === 'hours' || one === 'days') ?? false;
  const shift = cell.shift;
  return (
    <Dialog
      open
      title={t('assign', {
        post: nameIn(post, language),
        day: format.date(cell.day),
        hours: nameIn(dutyHours[cell.hours], language),
      })}
      onClose={onClose}
    >
      {found.error && <Problem title={t('loadFailed')} error={found.error} onRetry={() => found.refetch()} />}
      {shift && (
        <div className="du-head">
          <span>
            <b>{shift.name}</b> <span className="tag">{t(`state_${shift.state}`)}</span>
          </span>
          {shift.state === 'planned' && (
            <Button
              small
              busy={withdraw.isPending}
              onClick={() => withdraw.mutate({ id: shift.id, version: shift.version })}
            >
              {t('withdraw')}
            </Button>
          )}
        </div>
      )}
      {found.data?.people.length === 0 && <Empty title={t('noCandidates')} />}
      <div className="du-people" role="radiogroup" aria-label={t('person')}>
        {found.data?.people
          .filter((one) => one.accountId !== shift?.accountId)
          .map((one) => (
            <label key={one.accountId} className="du-choice">
              <input
                type="radio"
                name="du-candidate"
                checked={chosen === one.accountId}
                disabled={one.against.some((why) => why !== 'hours' && why !== 'days')}
                onChange={() => setChosen(one.accountId)}
              />
              <span>
                {one.name}
                <br />
                <span className="small soft">{t('weekHours', { n: one.hours, days: one.days })}</span>
              </span>
              <span className="du-tags">
                {one.backup && <span className="tag info">{t('backup')}</span>}
                {one.against.map((why) => (
                  <span key={why} className="tag near">
                    {t(why)}
                  </span>
                ))}
              </span>
            </label>
          ))}
      </div>
      {tired &&
        (beyondAllowed ? (
          <TextField label={t('beyond')} value={why} maxLength={200} onChange={setWhy} />
        ) : (
          <Notice kind="near">{t('beyondLeader')}</Notice>
        ))}
      <div className="dialog-acts">
        <Button
          kind="main"
          disabled={!person || (tired && (!beyondAllowed || why.trim().length < 4))}
          busy={plan.isPending}
          onClick={() =>
            person &&
            plan.mutate({
              entries: [
                {
                  id,
                  ...asked,
                  accountId: person.accountId,
                  ...(shift?.state === 'planned' ? { instead: { id: shift.id, version: shift.version } } : {}),
                },
              ],
              ...(tired ? { beyondReason: why.trim() } : {}),
            })
          }
        >
          {t('name')}
        </Button>
      </div>
    </Dialog>
  );
}

function CellButton({
  cell,
  proposal,
  canPlan,
  onOpen,
}: {
  cell: Cell;
  proposal: Proposal | undefined;
  canPlan: boolean;
  onOpen: () => void;
}) {
  const t = useT();
  const open = cell.shift === null && cell.required;
  const over = Date.parse(cell.to) < now();
  const content = cell.shift ? (
    <>
      <Glyph name={marks[cell.shift.state]!} />
      <span>{cell.shift.name}</span>
    </>
  ) : (
    <span>{proposal ? proposal.name : open ? t('empty') : '–'}</span>
  );
  const title = cell.shift
    ? [
        cell.shift.name,
        t(`state_${cell.shift.state}`),
        cell.shift.beyondReason && t('beyondMark', { why: cell.shift.beyondReason }),
      ]
        .filter(Boolean)
        .join(' · ')
    : undefined;
  const attributes = {
    className: 'du-cell',
    title,
    'data-open': (open && !proposal) || undefined,
    'data-proposed': proposal ? true : undefined,
    'data-state': cell.shift?.state,
  };
  return canPlan && !over && (cell.shift === null || cell.shift.state === 'planned') ? (
    <button type="button" {...attributes} onClick={onOpen}>
      {content}
    </button>
  ) : (
    <span {...attributes}>{content}</span>
  );
}

/** Seven days of one node's posts, planned cell by cell, by a pattern or by Excel. */
export function Week({
  nodeId,
  from,
  onWeek,
}: {
  nodeId: number;
  from: string | undefined;
  onWeek: (day: string) => void;
}) {
  const t = useT();
  const language = useLocale();
  const format = useFormat();
  const directory = useDirectory();
  const [chosen, setChosen] = useState<{ post: Post; cell: Cell } | null>(null);
  const [proposal, setProposal] = useState<OutputOf<typeof api.propose> | null>(null);
  const [editing, setEditing] = useState<Post | 'new' | null>(null);
  const [uploading, setUploading] = useState(false);
  const [busy, setBusy] = useState(false);
  const found = useQuery({
    queryKey: ['duty', 'week', nodeId, from],
    queryFn: () => call(api.week, { nodeId, from }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
  const plan = useAct(api.plan, {
    refreshes: [['duty']],
    onDone: ({ planned }) => {
      setProposal(null);
      notify.good(t('planned', { n: planned }));
    },
    onFail: notify.problem,
  });
  if (found.error && !found.data)
    return <Problem title={t('loadFailed')} error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return null;
  const week = found.data;
  const propose = async (how: 'repeat' | 'rotate'): Promise<void> => {
    setBusy(true);
    try {
      setProposal(await call(api.propose, { nodeId, from: week.from, how }));
    } catch (error) {
      notify.problem(error);
    } finally {
      setBusy(false);
    }
  };
  const today = format.local(now()).slice(0, 10);
  const move = (by: number): void => {
    setProposal(null);
    onWeek(shiftDays(week.from, by));
  };
  return (
    <section className="du-panel" aria-label={t('weekTitle')}>
      <div className="du-head">
        <h2>
          {t('weekTitle')} · {directory.nameOf(nodeId)} · {t('week', { from: format.date(week.from) })}
        </h2>
        <Button small onClick={() => move(-7)}>
          {t('before')}
        </Button>
        <Button small onClick={() => move(7)}>
          {t('after')}
        </Button>
        {week.can.plan && (
          <>
            <Button small busy={busy} onClick={() => void propose('repeat')}>
              {t('repeat')}
            </Button>
            <Button small busy={busy} onClick={() => void propose('rotate')}>
              {t('rotate')}
            </Button>
            <Button small onClick={() => setUploading(true)}>
              {t('upload')}
            </Button>
            <Button small onClick={() => setEditing('new')}>
              {t('newPost')}
            </Button>
          </>
        )}
        <a className="link" href={`/api/duty/roster.xlsx?nodeId=${nodeId}&from=${week.from}`} download>
          {t('download')}
        </a>
      </div>
      {proposal && (
        <Notice>
          <div className="du-head">
            <span>{t('proposed', { n: proposal.entries.length, left: proposal.left })}</span>
            {proposal.entries.length > 0 && (
              <Button
                kind="main"
                small
                busy={plan.isPending}
                onClick={() =>
                  plan.mutate({ entries: proposal.entries.map(({ name: _, ...one }) => ({ id: randomId(), ...one })) })
                }
              >
                {t('apply')}
              </Button>
            )}
            <Button small onClick={() => setProposal(null)}>
              {t('drop')}
            </Button>
          </div>
        </Notice>
      )}
      {week.posts.length === 0 ? (
        <Empty title={t('noPosts')}>{t('noPostsHow')}</Empty>
      ) : (
        <table className="du-table du-grid cards">
          <thead>
            <tr>
              <th scope="col">{t('post')}</th>
              {week.days.map((day) => (
                <th key={day} scope="col" data-today={day === today || undefined}>
                  {format.date(day)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {week.posts.flatMap((post) =>
              post.hours.map((hours: HoursCode) => (
                <tr key={`${post.id} ${hours}`}>
                  <th scope="row" className="lead">
                    <span>
                      {week.can.plan ? (
                        <button type="button" className="linkish" onClick={() => setEditing(post)}>
                          {nameIn(post, language)}
                        </button>
                      ) : (
                        nameIn(post, language)
                      )}
                      <br />
                      <span className="small soft">
                        {nameIn(dutyHours[hours], language)} {time(dutyHours[hours].from)}–{time(dutyHours[hours].to)}
                      </span>
                    </span>
                  </th>
                  {week.days.map((day) => {
                    const cell = post.cells.find((one) => one.day === day && one.hours === hours);
                    return (
                      <td key={day} data-label={format.date(day)}>
                        {cell && (
                          <CellButton
                            cell={cell}
                            proposal={proposal?.entries.find(
                              (one) => one.postId === post.id && one.day === day && one.hours === hours,
                            )}
                            canPlan={week.can.plan}
                            onOpen={() => setChosen({ post, cell })}
                          />
                        )}
                      </td>
                    );
                  })}
                </tr>
              )),
            )}
          </tbody>
        </table>
      )}
      {week.fatigue.length > 0 && (
        <>
          <h2>{t('fatigueTitle')}</h2>
          {week.fatigue.map((one) => (
            <Notice key={`${one.accountId} ${one.kind}`} kind="near">
              {t(`fatigue_${one.kind}`, { who: one.name, value: one.value })} ·{' '}
              {t('restFrom', { at: format.moment(one.restFrom) })}
            </Notice>
          ))}
        </>
      )}
      {chosen && (
        <Assign post={chosen.post} cell={chosen.cell} beyondAllowed={week.can.beyond} onClose={() => setChosen(null)} />
      )}
      {editing && (
        <PostForm nodeId={nodeId} post={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
      {uploading && <RosterUpload onClose={() => setUploading(false)} />}
    </section>
  );
}
