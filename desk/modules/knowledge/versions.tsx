import type { ArticleFile, ArticleVersion } from '../../../contract/knowledge.ts';
import { useFormat } from '../../app/format.ts';
import { useLocale } from '../../app/words.ts';
import { Button } from '../../kit/button.tsx';
import { difference } from './difference.ts';
import { useT } from './words.ts';

/** What stands for a person in articles that were there from the first day. */
const came = 'system';

interface Props {
  file: ArticleFile;
  onRestore: (version: ArticleVersion) => void;
}

function Change({ before, after }: { before: string; after: string }) {
  const t = useT();
  return (
    <p className="kb-text kb-change">
      {difference(before, after).map((piece) =>
        piece.kind === 'same' ? (
          <span key={piece.at}>{piece.text}</span>
        ) : piece.kind === 'added' ? (
          <ins key={piece.at} title={t('added')}>
            {piece.text}
          </ins>
        ) : (
          <del key={piece.at} title={t('removed')}>
            {piece.text}
          </del>
        ),
      )}
    </p>
  );
}

/** All versions, newest first: who wrote, who reviewed, and what changed in the words. */
export function Versions({ file, onRestore }: Props) {
  const t = useT();
  const format = useFormat();
  const english = useLocale() === 'en';
  const words = (version: ArticleVersion): string =>
    english
      ? `${version.en}\n${version.bodyEn}\n${version.keywords}`
      : `${version.zh}\n${version.bodyZh}\n${version.keywords}`;
  return (
    <section>
      <h3>{t('versions')}</h3>
      <ul className="kb-versions">
        {file.versions.map((version, i) => {
          const before = file.versions[i + 1];
          return (
            <li key={version.no}>
              <details>
                <summary>
                  <b>{t('version', { no: version.no })}</b>
                  <span>{t(version.state)}</span>
                  <span className="soft small">
                    {t('byOn', {
                      who: version.author === came ? t('theSystem') : version.author,
                      at: format.moment(version.writtenAt),
                    })}
                  </span>
                  {version.reviewer && (
                    <span className="soft small">
                      {version.reviewer === came ? t('cameWithSystem') : t('reviewedBy', { who: version.reviewer })}
                    </span>
                  )}
                </summary>
                {version.reviewWords && <p>{format.quoted(version.reviewWords)}</p>}
                <p className="soft small">{before ? t('changes') : t('firstVersion')}</p>
                {before ? (
                  <Change before={words(before)} after={words(version)} />
                ) : (
                  <p className="kb-text">{words(version)}</p>
                )}
                {file.can.write && version.state !== 'draft' && (
                  <Button small kind="plain" onClick={() => onRestore(version)}>
                    {t('restore')}
                  </Button>
                )}
              </details>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
