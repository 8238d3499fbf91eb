import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { dutyEndpoints as api } from '../../../contract/duty.ts';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { Empty } from '../../kit/empty.tsx';
import { Glyph } from '../../kit/glyph.tsx';
import { Notice } from '../../kit/notice.tsx';
import { OrgPicker } from '../../kit/org-picker.tsx';
import { Problem } from '../../kit/problem.tsx';
import './duty.css';
import { Tabs } from './tabs.tsx';
import { Week } from './week.tsx';
import { useT } from './words.ts';

type Now = OutputOf<typeof api.now>;
type Post = Now['posts'][number];
const kinds = ['group', 'unit', 'site'] as const;

/** Posts of another stage that nobody holds now are named below the table. */
const isShown = (post: Post): boolean => post.required || post.now !== null || post.unhanded !== null;

/** Who is on at each level, whom to ring, who comes next, and what was handed over. */
function OnDuty({
  found,
  onOpen,
  onNotes,
}: {
  found: Now;
  onOpen: (nodeId: number) => void;
  onNotes: (post: Post) => void;
}) {
  const t = useT();
  const language = useLocale();
  const format = useFormat();
  const directory = useDirectory();
  return (
    <table className="du-table du-now cards">
      <thead>
        <tr>
          <th scope="col">{t('place')}</th>
          <th scope="col">{t('post')}</th>
          <th scope="col">{t('onNow')}</th>
          <th scope="col">{t('ring')}</th>
          <th scope="col">{t('next')}</th>
          <th scope="col">{t('lastNote')}</th>
        </tr>
      </thead>
      <tbody>
        {found.posts.filter(isShown).map((post) => (
          <tr key={post.id}>
            <th scope="row" className="lead">
              <button type="button" className="linkish" onClick={() => onOpen(post.nodeId)}>
                {directory.nameOf(post.nodeId)}
              </button>
            </th>
            <td data-label={t('post')} title={nameIn(post, language)}>
              {nameIn(post, language)}
            </td>
            <td data-label={t('onNow')}>
              {post.now ? (
                <span title={post.now.name}>
                  <b>{post.now.name}</b>{' '}
                  <span className={post.now.state === 'planned' ? 'small near' : 'small soft'}>
                    {post.now.state === 'planned' ? t('untaken') : t('until', { at: format.moment(post.now.to) })}
                  </span>
                </span>
              ) : (
                <span className="over">
                  <Glyph name="square" /> {t('nobody')}
                </span>
              )}
            </td>
            <td data-label={t('ring')}>{post.phone ? <a href={`tel:${post.phone}`}>{post.phone}</a> : '–'}</td>
            <td data-label={t('next')} title={post.next?.name}>
              {post.next ? (
                `${format.moment(post.next.from)} ${post.next.name}`
              ) : (
                <span className="soft">{t('noneNext')}</span>
              )}
            </td>
            <td className="across du-last" data-label={t('lastNote')} title={post.handover?.note}>
              {post.unhanded ? (
                <span className="over">{t('unhanded', { who: post.unhanded.name })}</span>
              ) : post.handover ? (
                <button type="button" className="linkish small soft" onClick={() => onNotes(post)}>
                  {post.handover.note}
                </button>
              ) : (
                <span className="small soft">–</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What was handed over on a post, the latest first, in full. */
function Notes({ post, onClose }: { post: Post; onClose: () => void }) {
  const t = useT();
  const language = useLocale();
  const format = useFormat();
  const found = useQuery({
    queryKey: ['duty', 'handovers', post.id],
    queryFn: () => call(api.handovers, { postId: post.id }),
  });
  return (
    <Dialog open title={t('notes', { post: nameIn(post, language) })} onClose={onClose}>
      {found.error && <Problem title={t('loadFailed')} error={found.error} onRetry={() => found.refetch()} />}
      {found.data?.handovers.length === 0 && <Empty title={t('noNotes')} />}
      <ul className="du-form">
        {found.data?.handovers.map((one) => (
          <li key={one.id}>
            <span className="small soft">
              {t('given', { who: one.givenBy, at: format.moment(one.givenAt) })} ·{' '}
              {one.receivedBy ? t('received', { who: one.receivedBy }) : t('notReceived')}
            </span>
            <p className="du-note">
              {one.note}
              {one.openMatters.length > 0 && `\n${one.openMatters.join(' ')}`}
            </p>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

/** Duty of a node or of the whole group: now, the hours without anybody, and the week to plan. */
export default function DutyPage() {
  const t = useT();
  const language = useLocale();
  const format = useFormat();
  const directory = useDirectory();
  const navigate = useNavigate();
  const { node, from } = useSearch({ strict: false }) as { node?: number; from?: string };
  const nodeId = node === undefined ? undefined : Number(node);
  const [reading, setReading] = useState<Post | null>(null);
  const groupNode = directory.nodes.find((one) => one.kind === 'group')!;
  const open = (next: { node?: number; from?: string }): void =>
    void navigate({ to: '/duty', search: next as never, replace: true });
  const found = useQuery({
    queryKey: ['duty', 'now', nodeId],
    queryFn: () => call(api.now, { nodeId }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
  if (found.error && !found.data)
    return <Problem title={t('loadFailed')} error={found.error} onRetry={() => found.refetch()} />;
  const resting = [
    ...new Set((found.data?.posts ?? []).filter((post) => !isShown(post)).map((post) => nameIn(post, language))),
  ];
  return (
    <div className="du-page">
      <Tabs at="now" />
      {found.data && (
        <div className="du-body">
          <div className="du-head">
            <h1>{t('title')}</h1>
            <div style={{ minWidth: 220 }}>
              <OrgPicker
                label={t('place')}
                kinds={kinds}
                clearable
                placeholder={t('whole')}
                value={nodeId ?? null}
                onChange={(id) => open({ node: id ?? undefined, from })}
              />
            </div>
          </div>
          <section className="du-panel" aria-label={t('gapsLabel')}>
            <div className="du-head">
              <h2>{found.data.gaps.length === 0 ? t('gapsNone') : t('gapsTitle', { n: found.data.gaps.length })}</h2>
              <span className="small soft">
                {t('figure', { asked: found.data.asked, named: found.data.named })} ·{' '}
                {t('asOf', { at: format.clock(found.data.asOf) })}
              </span>
            </div>
            {found.data.gaps.slice(0, 12).map((gap) => (
              <Notice key={`${gap.postId} ${gap.from}`} kind="over">
                <button type="button" className="linkish" onClick={() => open({ node: gap.nodeId })}>
                  {directory.nameOf(gap.nodeId)} · {nameIn(gap, language)}
                </button>{' '}
                {format.moment(gap.from)} – {format.moment(gap.to)} {t('nobody')}
              </Notice>
            ))}
          </section>
          <section className="du-panel">
            <h2>{t('nowTitle')}</h2>
            {found.data.posts.length === 0 ? (
              <Empty title={t('noPosts')}>{t('noPostsHow')}</Empty>
            ) : (
              <OnDuty found={found.data} onOpen={(id) => open({ node: id, from })} onNotes={setReading} />
            )}
            {resting.length > 0 && (
              <p className="small soft">
                {t('notAsked')}: {resting.join(language === 'en' ? ', ' : '、')}
              </p>
            )}
          </section>
          {reading && <Notes post={reading} onClose={() => setReading(null)} />}
          <Week nodeId={nodeId ?? groupNode.id} from={from} onWeek={(day) => open({ node: nodeId, from: day })} />
        </div>
      )}
    </div>
  );
}
