import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type ArticleFile, knowledgeEndpoints as api } from '../../../contract/knowledge.ts';
import { call } from '../../app/api.ts';
import { useFormat } from '../../app/format.ts';
import { Button } from '../../kit/button.tsx';
import { Problem } from '../../kit/problem.tsx';
import { useT } from './words.ts';

/** What came of answering from an article; every figure opens to its requests. */
export function Results({ file }: { file: ArticleFile }) {
  const t = useT();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const uses = useQuery({
    queryKey: ['knowledge', 'uses', file.code],
    queryFn: () => call(api.articleUses, { code: file.code }),
    enabled: open,
  });
  const { answered, held, calledAgain, reopened, judged, lost } = file.measured;
  return (
    <section>
      <h3>{t('results')}</h3>
      {answered === 0 ? (
        <p className="soft">{t('answeredNever')}</p>
      ) : (
        <>
          <p className="kb-figures">
            <b>{t('answered', { n: answered })}</b>
            <span>{t('held', { n: held })}</span>
            <span className={calledAgain > 0 ? 'kb-due' : 'soft'}>{t('again', { n: calledAgain })}</span>
            <span className={reopened > 0 ? 'kb-due' : 'soft'}>{t('reopened', { n: reopened })}</span>
            <span className="soft">{t('lost', { n: lost })}</span>
            <span className="soft">{t('waiting', { n: answered - judged })}</span>
            <Button small kind="plain" aria-expanded={open} onClick={() => setOpen(!open)}>
              {t('openUses')}
            </Button>
          </p>
          <p className="soft small">{t('heldHow')}</p>
          {open && uses.isPending && <p aria-busy="true" />}
          {open && uses.error && <Problem title={t('usesFailed')} error={uses.error} onRetry={() => uses.refetch()} />}
          {open && uses.data && (
            <ul className="kb-uses">
              {uses.data.uses.map((use) => (
                <li key={use.requestId}>
                  <Link className="link" to="/requests/$id" params={{ id: use.requestId } as never}>
                    {use.number}
                  </Link>
                  <span className="soft small">{format.moment(use.at)}</span>
                  <span className="grow" />
                  <span>
                    {t(
                      use.held
                        ? 'held_one'
                        : use.reopened
                          ? 'reopened_one'
                          : use.calledAgain
                            ? 'again_one'
                            : use.state === 'handled'
                              ? 'waiting_one'
                              : 'lost_one',
                    )}
                  </span>
                </li>
              ))}
              {uses.data.hidden > 0 && <li className="soft small">{t('hidden', { n: uses.data.hidden })}</li>}
            </ul>
          )}
        </>
      )}
    </section>
  );
}
