import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { lessonEndpoints as api, type ReviewRow } from '../../../contract/lessons.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/session.tsx';
import { Button, Dialog, Empty, notify, Problem, TextField, useDraft } from '../../kit/index.ts';
import { ObserveForm } from './observe-form.tsx';
import { useStageName } from './stage-name.ts';
import { Tabs } from './tabs.tsx';
import { useT } from './words.ts';

const tones = { open: '', none_asked: 'near', answered: 'good' } as const;

function NoneForm({ review, onClose }: { review: ReviewRow; onClose: () => void }) {
  const t = useT();
  const [draft, change, drop] = useDraft(`lesson.none.${review.id}`, { reason: '' });
  const ask = useAct(api.askNone, {
    refreshes: [['lessons']],
    onFail: notify.problem,
    onDone: () => {
      drop();
      notify.good(t('saved'));
      onClose();
    },
  });
  const right = draft.reason.trim().length >= 10;
  return (
    <form
      className="ls-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (right && !ask.isPending) ask.mutate({ id: review.id, version: review.version, reason: draft.reason });
      }}
    >
      <TextField
        label={t('noneReason')}
        rows={3}
        maxLength={500}
        value={draft.reason}
        onChange={(reason) => change({ reason })}
      />
      <div className="dialog-acts">
        <Button submit kind="main" busy={ask.isPending} disabled={!right}>
          {t('askNone')}
        </Button>
        <Button
          kind="plain"
          onClick={() => {
            drop();
            onClose();
          }}
        >
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}

function Review({ review, onWrite, onNone }: { review: ReviewRow; onWrite: () => void; onNone: () => void }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const act = { refreshes: [['lessons'], ['stages']], onFail: notify.problem, onDone: () => notify.good(t('saved')) };
  const answer = useAct(api.answerReview, act);
  const sign = useAct(api.signNone, act);
  const busy = answer.isPending || sign.isPending;
  const { id, version } = review;
  return (
    <li className="ls-review">
      <b>{directory.nameOf(review.unitId)}</b>
      <span>
        <span className={`tag ${review.late && review.state !== 'answered' ? 'over' : tones[review.state]}`}>
          {t(review.late && review.state !== 'answered' ? 'late' : review.state)}
        </span>
      </span>
      <span className="small soft">
        {review.noneSignedBy
          ? t('noneBy', {
              reason: review.noneReason ?? '',
              asked: review.noneAskedBy ?? '',
              signed: review.noneSignedBy,
            })
          : review.noneReason
            ? t('noneAsked', { who: review.noneAskedBy ?? '', reason: review.noneReason })
            : review.state !== 'answered' && t('dueOn', { at: format.day(review.dueAt) })}
        {review.lessons > 0 && (
          <>
            {review.state !== 'answered' && ' · '}
            <Link to="/lessons/all" search={{ reviewId: id } as never}>
              {t('lessonCount', { n: review.lessons })}
            </Link>
          </>
        )}
        {review.answeredBy && !review.noneSignedBy && (
          <span className="softer"> · {t('byOn', { who: review.answeredBy, at: format.day(review.answeredAt!) })}</span>
        )}
      </span>
      <span className="ls-acts">
        {review.can.sign && (
          <Button small kind="main" busy={busy} onClick={() => sign.mutate({ id, version, sign: true })}>
            {t('sign')}
          </Button>
        )}
        {review.can.handBack && (
          <Button small busy={busy} onClick={() => sign.mutate({ id, version, sign: false })}>
            {t('sendBack')}
          </Button>
        )}
        {review.can.answer && (
          <Button small kind="main" busy={busy} onClick={() => answer.mutate({ id, version })}>
            {t('answer')}
          </Button>
        )}
        {review.can.write && (
          <Button small busy={busy} onClick={onWrite}>
            {t('write')}
          </Button>
        )}
        {review.can.askNone && (
          <Button small kind="plain" busy={busy} onClick={onNone}>
            {t('askNone')}
          </Button>
        )}
      </span>
    </li>
  );
}

/** The look back of every unit upon every stage it has left. */
export default function ReviewsPage() {
  const t = useT();
  const format = useFormat();
  const may = useMay();
  const stageName = useStageName();
  const [form, setForm] = useState<{ kind: 'write' | 'none'; review: ReviewRow } | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['lessons', 'reviews'],
    queryFn: () => call(api.reviews, {}),
  });
  if (error && !data) return <Problem title={t('loadFailed')} error={error} onRetry={refetch} />;
  const close = (): void => setForm(null);
  return (
    <div className="ls-page">
      <Tabs />
      <header className="ls-head">
        <h1>{t('tab_reviews')}</h1>
        <p className="soft small">{t('reviewsLead')}</p>
      </header>
      {data?.periods.length === 0 && <Empty title={t('noReviews')}>{t('reviewsLead')}</Empty>}
      {data?.periods.map((period) => {
        const open = period.reviews.filter((one) => one.state !== 'answered').length;
        return (
          <section key={period.id} className="ls-period" aria-label={stageName(period.stage)}>
            <header>
              <h2>{stageName(period.stage)}</h2>
              <span className="small soft">{t('leftAt', { at: format.moment(period.leftAt) })}</span>
              <span className={`small ${open > 0 ? 'near' : 'good'}`}>
                {open > 0 ? t('openOf', { n: open, of: period.reviews.length }) : t('allAnswered')}
              </span>
              {period.orderId ? (
                may('stages.read') && (
                  <Link className="small" to="/stages/orders/$id" params={{ id: period.orderId } as never}>
                    {t('order')}
                  </Link>
                )
              ) : (
                <span className="small softer">{t('noOrder')}</span>
              )}
            </header>
            <ul>
              {period.reviews.map((review) => (
                <Review
                  key={review.id}
                  review={review}
                  onWrite={() => setForm({ kind: 'write', review })}
                  onNone={() => setForm({ kind: 'none', review })}
                />
              ))}
            </ul>
          </section>
        );
      })}
      <Dialog open={form?.kind === 'write'} wide title={t('write')} onClose={close}>
        {form && <ObserveForm review={form.review} onClose={close} />}
      </Dialog>
      <Dialog open={form?.kind === 'none'} title={t('askNone')} onClose={close}>
        {form && <NoneForm review={form.review} onClose={close} />}
      </Dialog>
    </div>
  );
}
