import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { outreachEndpoints as api } from '../../../contract/outreach.ts';
import { sealedClasses } from '../../../contract/requests.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button } from '../../kit/button.tsx';
import { useDraft } from '../../kit/draft.ts';
import { Notice } from '../../kit/notice.tsx';
import { notify } from '../../kit/notify.tsx';
import { Problem } from '../../kit/problem.tsx';
import { StateGlyph } from '../../kit/state-glyph.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { NeedForm } from './need-form.tsx';
import { usePlaceOf } from './place-of.ts';
import './outreach.css';
import { useT } from './words.ts';

type File = OutputOf<typeof api.touch>;
const results = ['nothing', 'information', 'need'] as const;

interface Ending {
  topics: number[];
  found: (typeof results)[number] | null;
  words: string;
}
const unsaid: Ending = { topics: [], found: null, words: '' };

/** First-level categories one may ask about: those of which some kind is registered here (rules 5). */
function useTopics() {
  const directory = useDirectory();
  return useMemo(
    () =>
      directory.categories.filter(
        (one) =>
          one.parentId === null &&
          directory.categories.some((below) => below.parentId === one.id && !sealedClasses.includes(below.recordClass)),
      ),
    [directory],
  );
}

function EndForm({ file }: { file: File }) {
  const t = useT();
  const language = useLocale();
  const navigate = useNavigate();
  const topics = useTopics();
  const [typed, change, drop] = useDraft<Ending>(`touch.${file.id}`, unsaid);
  const [complained, setComplained] = useState(false);
  const found = file.needs.length > 0 ? ('need' as const) : typed.found;
  const end = useAct(api.end, {
    refreshes: [['outreach']],
    onDone: () => {
      drop();
      notify.good(t('ended'));
      void navigate({ to: '/outreach' });
    },
    onFail: notify.problem,
  });
  const faults = {
    topics: typed.topics.length === 0,
    found: found === null || (found === 'need' && file.needs.length === 0),
    words: found === 'information' && typed.words.trim().length === 0,
  };
  const submit = (): void => {
    setComplained(true);
    if (faults.topics || faults.found || faults.words || found === null || end.isPending) return;
    end.mutate({ id: file.id, topics: typed.topics, found, words: typed.words.trim() || undefined });
  };
  const fault = (wrong: boolean, word: string) =>
    complained && wrong ? (
      <p className="fault" role="alert">
        {word}
      </p>
    ) : null;
  return (
    <form
      className="or-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <fieldset className="field">
        <legend className="label">{t('topics')}</legend>
        <div className="or-chips">
          {topics.map((one) => (
            <label key={one.id}>
              <input
                type="checkbox"
                checked={typed.topics.includes(one.id)}
                onChange={(event) =>
                  change({
                    topics: event.target.checked
                      ? [...typed.topics, one.id]
                      : typed.topics.filter((id) => id !== one.id),
                  })
                }
              />
              {nameIn(one, language)}
            </label>
          ))}
        </div>
        {fault(faults.topics, t('topicsFault'))}
      </fieldset>
      <fieldset className="field">
        <legend className="label">{t('result')}</legend>
        <div className="choices or-results">
          {results.map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="or-result"
                checked={found === one}
                disabled={one !== 'need' && file.needs.length > 0}
                onChange={() => change({ found: one })}
              />
              {t(one)}
            </label>
          ))}
        </div>
        {file.needs.length > 0 && <p className="hint">{t('needWas', { n: file.needs.length })}</p>}
        {fault(faults.found, t(found === 'need' ? 'needFirst' : 'resultFault'))}
      </fieldset>
      <TextField
        label={t('words')}
        hint={t('wordsHint')}
        rows={3}
        maxLength={1000}
        value={typed.words}
        fault={complained && faults.words ? t('wordsFault') : undefined}
        onChange={(words) => change({ words })}
      />
      <Button kind="main" submit busy={end.isPending}>
        {t('end')}
      </Button>
    </form>
  );
}

function Found({ file }: { file: File }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  if (file.needs.length === 0) return null;
  return (
    <section className="or-panel" aria-labelledby="or-found">
      <h2 id="or-found">{t('found')}</h2>
      <ul>
        {file.needs.map((one) => (
          <li key={one.requestId}>
            <Link className="or-recent" to="/requests/$id" params={{ id: one.requestId } as never}>
              <span className="state">
                <StateGlyph state={one.state} work={one.work} /> {one.number}
              </span>
              <span className="cut">{directory.categoryName(one.categoryId)}</span>
              <span className="small soft">{file.withheld ? format.day(one.at) : format.moment(one.at)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** One touch: while it runs, what was asked and found; afterwards what it came to, for whoever may know. */
export default function TouchPage() {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const placeOf = usePlaceOf();
  const { id } = useParams({ strict: false }) as { id: string };
  const [adding, setAdding] = useState(false);
  const touch = useQuery({ queryKey: ['outreach', 'touch', id], queryFn: () => call(api.touch, { id }) });
  const erase = useAct(api.erase, {
    refreshes: [['outreach']],
    onDone: () => notify.good(t('erased')),
    onFail: notify.problem,
  });
  if (touch.error && !touch.data)
    return <Problem title={t('touchFailed')} error={touch.error} onRetry={() => touch.refetch()} />;
  const file = touch.data;
  if (!file) return null;
  return (
    <div className="or-page or-touch">
      <header>
        <Link className="linkish small" to={file.own ? '/outreach' : '/outreach/share'}>
          {t('back')}
        </Link>
        <h1>
          {t(file.kind)} · {placeOf(file)}
        </h1>
        <p className="soft small">
          {file.beganAt ? t('beganAt', { at: format.full(file.beganAt) }) : format.date(file.day)}
          {file.position !== null && ` · ${t('journalAt', { n: file.position })}`}
          {file.minutes !== null && ` · ${t('minutes', { n: file.minutes })}`}
          {!file.own && ` · ${file.by ?? t.or(file.role, file.role)}`}
        </p>
      </header>
      {file.withheld && <Notice>{t(`withheld_${file.withheld}`)}</Notice>}
      {adding && file.can.need ? (
        <NeedForm touch={file} onClose={() => setAdding(false)} />
      ) : (
        <>
          {file.open && file.own && !file.takesNeeds && <Notice kind="near">{t('tooLate')}</Notice>}
          {file.can.need && (
            <Button onClick={() => setAdding(true)}>{t(file.needs.length > 0 ? 'addAnother' : 'addNeed')}</Button>
          )}
          <Found file={file} />
          {file.can.end ? (
            <EndForm file={file} />
          ) : (
            <section className="or-panel">
              <dl className="or-facts">
                <dt>{t('result')}</dt>
                <dd>{t(file.found ?? 'openTouch')}</dd>
                {file.topics.length > 0 && (
                  <>
                    <dt>{t('topics')}</dt>
                    <dd>{file.topics.map((topic) => directory.categoryName(topic)).join(' · ')}</dd>
                  </>
                )}
                {[file.crew, file.point].some(Boolean) && (
                  <>
                    <dt>{t('where')}</dt>
                    <dd>{[file.crew, file.point].filter(Boolean).join(' · ')}</dd>
                  </>
                )}
                {file.words && (
                  <>
                    <dt>{t('words')}</dt>
                    <dd className="or-words">{file.words}</dd>
                  </>
                )}
              </dl>
              {file.can.erase && (
                <p className="small soft">
                  <Button small busy={erase.isPending} onClick={() => erase.mutate({ id })}>
                    {t('erase')}
                  </Button>{' '}
                  {t('eraseHow')}
                </p>
              )}
            </section>
          )}
        </>
      )}
    </div>
  );
}
