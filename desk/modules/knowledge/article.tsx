import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type ArticleText, type ArticleVersion, knowledgeEndpoints as api } from '../../../contract/knowledge.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { now } from '../../app/now.ts';
import { useLocale } from '../../app/words.ts';
import { Button } from '../../kit/button.tsx';
import { notify } from '../../kit/notify.tsx';
import { Problem } from '../../kit/problem.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { AdoptedHere } from '../lessons/adopted-here.tsx';
import { ArticleForm } from './article-form.tsx';
import { Results } from './results.tsx';
import { Versions } from './versions.tsx';
import { useT } from './words.ts';

const textOf = (version: ArticleVersion): ArticleText => ({
  zh: version.zh,
  en: version.en,
  bodyZh: version.bodyZh,
  bodyEn: version.bodyEn,
  keywords: version.keywords,
  categoryId: version.categoryId,
});

/** Half a year from today, the usual time until an article is looked at again. */
const usualDay = (): string => new Date(now() + 182 * 86_400_000).toISOString().slice(0, 10);

/** One article: its words, who answers for it, what came of it, its versions, and what may be done. */
export function Article({ code, onBack }: { code: string; onBack: () => void }) {
  const t = useT();
  const format = useFormat();
  const english = useLocale() === 'en';
  const directory = useDirectory();
  const [writing, setWriting] = useState<ArticleText | null>(null);
  const [form, setForm] = useState<'approve' | 'refuse' | 'confirm' | 'withdraw' | null>(null);
  const [words, setWords] = useState('');
  const [day, setDay] = useState(usualDay);
  const found = useQuery({
    queryKey: ['knowledge', 'article', code],
    queryFn: () => call(api.article, { code }),
    placeholderData: keepPreviousData,
  });
  const close = (): void => {
    setForm(null);
    setWords('');
    notify.good(t('done'));
  };
  const act = { refreshes: [['knowledge'], ['articles']], onFail: notify.problem };
  const submit = useAct(api.submitArticle, { ...act, onDone: close });
  const review = useAct(api.reviewArticle, { ...act, onDone: close });
  const confirm = useAct(api.confirmArticle, { ...act, onDone: close });
  const own = useAct(api.ownArticle, { ...act, onDone: close });
  const withdraw = useAct(api.withdrawArticle, { ...act, onDone: close });
  if (found.error && !found.data)
    return <Problem title={t('loadFailed')} error={found.error} onRetry={() => found.refetch()} />;
  const file = found.data;
  if (!file) return null;
  const open = file.versions.find((one) => one.state === 'draft' || one.state === 'in_review');
  const shown = open?.state === 'in_review' ? open : (file.versions.find((one) => one.state === 'in_force') ?? open);
  const busy = submit.isPending || review.isPending || confirm.isPending || own.isPending || withdraw.isPending;
  if (writing)
    return (
      <>
        <h2>{english ? file.en : file.zh}</h2>
        <ArticleForm file={file} from={writing} onDone={() => setWriting(null)} onCancel={() => setWriting(null)} />
      </>
    );
  const send = (): void => {
    if (form === 'approve') review.mutate({ code, no: open!.no, approve: true, reviewBy: day });
    else if (form === 'refuse') review.mutate({ code, no: open!.no, approve: false, words });
    else if (form === 'confirm') confirm.mutate({ code, reviewBy: day });
    else if (form === 'withdraw') withdraw.mutate({ code, why: words });
  };
  return (
    <>
      <header>
        <span className="kb-back">
          <Button small kind="plain" onClick={onBack}>
            {t('back')}
          </Button>
        </span>
        <span className="soft">{file.code}</span>
        <h2>{english ? file.en : file.zh}</h2>
      </header>
      <dl className="kb-facts">
        <div>
          <dt>{t('owner')}</dt>
          <dd>{file.owner ?? t('nobody')}</dd>
        </div>
        <div>
          <dt>{t('reviewBy')}</dt>
          <dd className={file.overdue ? 'kb-due' : undefined}>
            {file.reviewBy ? format.date(file.reviewBy) : t('noDay')}
            {file.overdue && ` · ${t('overdue')}`}
          </dd>
        </div>
        <div>
          <dt>{t('category')}</dt>
          <dd>{file.categoryId === null ? t('anyCategory') : directory.categoryName(file.categoryId)}</dd>
        </div>
      </dl>
      {open && <p role="status">{t('draftWaits', { no: open.no, state: t(open.state), who: open.author })}</p>}
      {shown && (
        <section>
          <h3>
            {t('text')} <span className="soft small">{t('version', { no: shown.no })}</span>
          </h3>
          <p className="kb-text">{english ? shown.bodyEn : shown.bodyZh}</p>
          {shown.keywords && (
            <p className="soft small">
              {t('keywords')}: {shown.keywords}
            </p>
          )}
        </section>
      )}
      <div className="kb-acts">
        {file.can.review && (
          <>
            <Button kind="main" busy={busy} onClick={() => setForm('approve')}>
              {t('approve')}
            </Button>
            <Button busy={busy} onClick={() => setForm('refuse')}>
              {t('refuse')}
            </Button>
          </>
        )}
        {file.can.submit && (
          <Button kind="main" busy={busy} onClick={() => submit.mutate({ code })}>
            {t('submit')}
          </Button>
        )}
        {file.can.write && shown && (
          <Button busy={busy} onClick={() => setWriting(textOf(open ?? shown))}>
            {t('edit')}
          </Button>
        )}
        {file.can.confirm && (
          <Button busy={busy} onClick={() => setForm('confirm')}>
            {t('confirm')}
          </Button>
        )}
        {file.can.own && (
          <Button kind="plain" busy={busy} onClick={() => own.mutate({ code })}>
            {t('own')}
          </Button>
        )}
        {file.can.withdraw && (
          <Button kind="plain" busy={busy} onClick={() => setForm('withdraw')}>
            {t('withdraw')}
          </Button>
        )}
      </div>
      {form && (
        <form
          className="kb-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (!busy) send();
          }}
        >
          {form === 'approve' || form === 'confirm' ? (
            <TextField label={t('reviewBy')} value={day} line={{ type: 'date', required: true }} onChange={setDay} />
          ) : (
            <TextField
              label={t(form === 'refuse' ? 'refuseWhy' : 'withdrawWhy')}
              rows={3}
              maxLength={500}
              value={words}
              fault={words.trim().length > 0 ? undefined : t('needed')}
              onChange={setWords}
            />
          )}
          <div className="row">
            <Button
              submit
              kind="main"
              busy={busy}
              disabled={(form === 'refuse' || form === 'withdraw') && words.trim().length < 2}
            >
              {t(form)}
            </Button>
            <Button kind="plain" onClick={() => setForm(null)}>
              {t('cancel')}
            </Button>
          </div>
        </form>
      )}
      <Results file={file} />
      <AdoptedHere kind="article" id={code} />
      <Versions file={file} onRestore={(version) => setWriting(textOf(version))} />
    </>
  );
}
